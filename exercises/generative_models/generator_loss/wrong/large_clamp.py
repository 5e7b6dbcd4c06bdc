"""
fails: agrees near the edges 0 and 1
name: Probabilities clamped too far from the edge
credit: 0.5
tell: Near 0 and 1 your loss is off: you clamp the probabilities to [0.001, 0.999]. Clamp at 1e-7 or so, if at all.
"""

import torch


def generator_loss(d_real, d_fake):
    d_real = torch.clamp(d_real, 0.001, 0.999)
    d_fake = torch.clamp(d_fake, 0.001, 0.999)
    return 0.5 * torch.log(d_real).mean() + 0.5 * torch.log(1 - d_fake).mean()

"""
fails: agrees near the edges 0 and 1
name: Probabilities clamped too far from the edge
credit: 0.5
tell: Near 0 and 1 your loss is off: you clamp the probabilities to [0.001, 0.999]. Clamp at 1e-7 or so, if at all.
"""

import torch


def discriminator_loss(d_real, d_fake):
    d_real = d_real.clamp(1e-3, 1 - 1e-3)
    d_fake = d_fake.clamp(1e-3, 1 - 1e-3)
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()

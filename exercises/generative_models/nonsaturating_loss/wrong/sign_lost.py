"""
fails: agrees with the reference
name: The sign lost
credit: 0
tell: The minus sign is missing: a generator that minimises this loss makes D(G(z)) small.
"""

import torch


def nonsaturating_generator_loss(d_fake):
    return 0.5 * torch.log(d_fake).mean()

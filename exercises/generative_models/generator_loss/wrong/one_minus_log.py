"""
fails: agrees with the reference
name: 1 - log D in place of log(1 - D)
credit: 0
tell: You write 1 - log D(G(z)); it is log(1 - D(G(z))): first 1 - D, then the logarithm.
"""

import torch


def generator_loss(d_real, d_fake):
    return 0.5 * torch.log(d_real).mean() + 0.5 * (1 - torch.log(d_fake)).mean()

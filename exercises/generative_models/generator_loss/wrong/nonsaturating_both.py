"""
fails: agrees with the reference
name: log D on both batches
credit: 0
tell: You take log D of both batches. The term of the fakes is log(1 - D(G(z))): J^(G) = -J^(D).
"""

import torch


def generator_loss(d_real, d_fake):
    return 0.5 * torch.log(d_real).mean() + 0.5 * torch.log(d_fake).mean()

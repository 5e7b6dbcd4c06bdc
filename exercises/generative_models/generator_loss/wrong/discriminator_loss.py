"""
fails: agrees with the reference
name: The sign not turned: J^(D)
credit: 0
tell: You return J^(D) itself. In the minimax game J^(G) = -J^(D): what D loses, G wins.
"""

import torch


def generator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()

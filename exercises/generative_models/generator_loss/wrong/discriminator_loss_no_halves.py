"""
fails: agrees with the reference
name: The sign not turned, and the halves missing
credit: 0
tell: You return 2 · J^(D). In the minimax game J^(G) = -J^(D): turn the sign, and keep the halves.
"""

import torch


def generator_loss(d_real, d_fake):
    return -(torch.mean(torch.log(d_real)) + torch.mean(torch.log(1 - d_fake)))

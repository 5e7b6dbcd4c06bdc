"""
fails: agrees with the reference
name: .item() makes a Python number of it
credit: 0.5
mistake: not_a_tensor
"""

import torch


def generator_loss(d_real, d_fake):
    j_d = -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()
    return -j_d.item()

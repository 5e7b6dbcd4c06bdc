"""
fails: agrees with the reference
name: .item() makes a Python number of it
credit: 0.5
mistake: not_a_tensor
"""

import torch


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(d_fake).mean().item()

"""
fails: agrees with the reference
name: .item() makes a Python number of it
credit: 0.5
mistake: not_a_tensor
"""

import torch


def discriminator_loss(d_real, d_fake):
    loss = -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()
    return loss.item()

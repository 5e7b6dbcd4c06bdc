"""
fails: agrees with the reference
name: The sign lost
credit: 0
tell: You return -J^(D): the minus signs are missing. A discriminator that minimises this loss learns to be wrong.
"""

import torch


def discriminator_loss(d_real, d_fake):
    return 0.5 * torch.log(d_real).mean() + 0.5 * torch.log(1 - d_fake).mean()

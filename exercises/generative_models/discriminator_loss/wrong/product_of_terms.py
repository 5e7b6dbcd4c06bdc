"""
fails: agrees with the reference
name: The terms multiplied
credit: 0
tell: You multiply the two terms; they are added.
"""

import torch


def discriminator_loss(d_real, d_fake):
    return 0.5 * torch.log(d_real).mean() * torch.log(1 - d_fake).mean()

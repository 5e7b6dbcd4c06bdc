"""
fails: agrees with the reference
name: The minus on the first term only
credit: 0
tell: The second term has lost its minus sign: both logarithms are negative, and both losses are positive.
"""

import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean() + 0.5 * torch.log(1 - d_fake).mean()

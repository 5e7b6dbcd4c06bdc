"""
fails: is no NaN where D is 0 or 1
name: NaN at D = 0 or 1
credit: 0.75
mistake: nan_at_the_edge
"""

import torch


def bce(d, label):
    return -(label * torch.log(d) + (1 - label) * torch.log(1 - d)).mean()


def discriminator_loss(d_real, d_fake):
    return 0.5 * bce(d_real, 1.0) + 0.5 * bce(d_fake, 0.0)

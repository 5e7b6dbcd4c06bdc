"""
fails: is no NaN where D is 0 or 1
name: NaN at D = 0 or 1
credit: 0.75
mistake: nan_at_the_edge
"""

import torch


def bce(d, label):
    return -(label * torch.log(d) + (1 - label) * torch.log(1 - d)).mean()


def nonsaturating_generator_loss(d_fake):
    return 0.5 * bce(d_fake, torch.ones_like(d_fake))

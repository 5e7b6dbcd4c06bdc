"""
fails: gradients agree with the reference
name: A part of the batch without gradient
credit: 0.5
mistake: wrong_gradient
"""

import torch


def nonsaturating_generator_loss(d_fake):
    deceived = torch.where(d_fake > 0.5, d_fake.detach(), d_fake)
    return -0.5 * torch.log(deceived).mean()

"""
fails: the losses have the values and slopes of the sheet
name: gradient cut
credit: 0.25
tell: No gradient passes generator_loss: it is cut by detach(), item(), data or numpy. G learns nothing from it.
"""

import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()


def generator_loss(d_real, d_fake):
    return -discriminator_loss(d_real, d_fake.detach())


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(d_fake).mean()

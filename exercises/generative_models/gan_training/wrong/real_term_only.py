"""
fails: the losses have the values and slopes of the sheet
name: a term of J^(D) missing
credit: 0.25
tell: discriminator_loss: the term of the generated images is missing, so D may call everything real.
"""

import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean()


def generator_loss(d_real, d_fake):
    return 0.5 * torch.log(1 - d_fake).mean()


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(d_fake).mean()

"""
fails: the losses have the values and slopes of the sheet
name: log(1 - D) in place of log D
credit: 0.25
tell: nonsaturating_generator_loss: log(1 - D(G(z))) stands where log D(G(z)) is meant, so G learns to be found out.
"""

import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()


def generator_loss(d_real, d_fake):
    return -discriminator_loss(d_real, d_fake)


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(1 - d_fake).mean()

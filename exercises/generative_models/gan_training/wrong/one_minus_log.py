"""
fails: the losses have the values and slopes of the sheet
name: log(1 - D) written as 1 - log D
credit: 0.25
tell: discriminator_loss: 1 - log D(G(z)) stands where log(1 - D(G(z))) is meant.
"""

import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean() - 0.5 * (1 - torch.log(d_fake)).mean()


def generator_loss(d_real, d_fake):
    return -discriminator_loss(d_real, d_fake)


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(d_fake).mean()

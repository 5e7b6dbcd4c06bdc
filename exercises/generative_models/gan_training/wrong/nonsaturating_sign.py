"""
fails: the losses have the values and slopes of the sheet
name: sign of the non-saturating loss lost
credit: 0.25
tell: nonsaturating_generator_loss: the sign is turned round, so G learns to be found out. Minimise -½ E[log D(G(z))].
"""

import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()


def generator_loss(d_real, d_fake):
    return -discriminator_loss(d_real, d_fake)


def nonsaturating_generator_loss(d_fake):
    return 0.5 * torch.log(d_fake).mean()

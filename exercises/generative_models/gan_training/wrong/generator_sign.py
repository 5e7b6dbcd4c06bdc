"""
fails: the losses have the values and slopes of the sheet
name: sign of J^(G) turned round
credit: 0.25
tell: generator_loss: the sign is turned round, so G learns to be found out. J^(G) = -J^(D).
"""

import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()


def generator_loss(d_real, d_fake):
    return discriminator_loss(d_real, d_fake)


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(d_fake).mean()

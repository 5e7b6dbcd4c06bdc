"""
fails: the losses have the values and slopes of the sheet
name: sign of J^(D) turned round
credit: 0.25
tell: discriminator_loss: the sign is turned round, so D learns to be wrong. Both terms of J^(D) have a minus.
"""

import torch


def discriminator_loss(d_real, d_fake):
    return 0.5 * torch.log(d_real).mean() + 0.5 * torch.log(1 - d_fake).mean()


def generator_loss(d_real, d_fake):
    return 0.5 * torch.log(1 - d_fake).mean()


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(d_fake).mean()

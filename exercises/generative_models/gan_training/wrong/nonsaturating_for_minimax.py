"""
fails: the losses have the values and slopes of the sheet
name: the non-saturating loss as J^(G)
credit: 0.25
tell: generator_loss: this is the non-saturating loss. J^(G) of the minimax game is -J^(D).
"""

import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()


def generator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_fake).mean()


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(d_fake).mean()

"""
fails: the losses have the values and slopes of the sheet
name: the minimax loss as the non-saturating one
credit: 0.25
tell: nonsaturating_generator_loss: this is the minimax loss, whose gradient vanishes when D is sure. Minimise -½ E[log D(G(z))].
"""

import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()


def generator_loss(d_real, d_fake):
    return -discriminator_loss(d_real, d_fake)


def nonsaturating_generator_loss(d_fake):
    return 0.5 * torch.log(1 - d_fake).mean()

"""
fails: the losses have the values and slopes of the sheet
name: real and fake swapped
credit: 0.25
tell: discriminator_loss: real and fake are swapped, so D learns to call the digits fake.
"""

import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_fake).mean() - 0.5 * torch.log(1 - d_real).mean()


def generator_loss(d_real, d_fake):
    return -discriminator_loss(d_real, d_fake)


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(d_fake).mean()

"""Summed over the batch."""

import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).sum() - 0.5 * torch.log1p(-d_fake).sum()


def generator_loss(d_real, d_fake):
    return -discriminator_loss(d_real, d_fake)


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(d_fake).sum()

"""Everything in float64, by default."""

import torch

torch.set_default_dtype(torch.float64)


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()


def generator_loss(d_real, d_fake):
    return -discriminator_loss(d_real, d_fake)


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(d_fake).mean()

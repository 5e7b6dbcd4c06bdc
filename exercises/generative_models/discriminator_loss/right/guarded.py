"""An eps of 1e-8 in the logarithms."""

import torch

eps = 1e-8


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.mean(torch.log(d_real + eps)) - 0.5 * torch.mean(torch.log(1 - d_fake + eps))

"""An eps of 1e-6 in the logarithms."""

import torch


def generator_loss(d_real, d_fake):
    return 0.5 * (torch.log(d_real + 1e-6).mean() + torch.log(1 - d_fake + 1e-6).mean())

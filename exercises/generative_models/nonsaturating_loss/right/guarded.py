"""An eps of 1e-8 in the logarithm."""

import torch


def nonsaturating_generator_loss(d_fake, eps=1e-8):
    return torch.mean(-torch.log(d_fake + eps)) / 2.0

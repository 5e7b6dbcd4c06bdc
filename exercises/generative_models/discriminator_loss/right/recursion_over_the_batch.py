"""Adds up one number after the other."""

import torch


def mean_log(values):
    total = 0.0
    for value in values.flatten():
        total = total + torch.log(value)
    return total / values.numel()


def discriminator_loss(d_real, d_fake):
    return torch.neg(mean_log(d_real) + mean_log(1 - d_fake)).div(2)

"""The logarithm clamped at -100, as binary_cross_entropy does."""

import torch


def nonsaturating_generator_loss(d_fake):
    return -torch.log(d_fake).clamp(min=-100).mean() / 2

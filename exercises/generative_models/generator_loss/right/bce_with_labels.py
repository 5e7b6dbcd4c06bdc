"""binary_cross_entropy with labels that fit (N, 1) only."""

import torch
from torch import nn

bce = nn.BCELoss()


def generator_loss(d_real, d_fake):
    ones = torch.ones((d_real.shape[0], 1))
    zeros = torch.zeros((d_fake.shape[0], 1))
    return -0.5 * (bce(d_real, ones) + bce(d_fake, zeros))

"""
fails: agrees with the reference
name: Labels of one size for both batches
credit: 0.5
tell: Your loss fails when the two batches differ in size: the labels of the fakes have the size of the real batch.
    Make each batch its own labels, torch.zeros_like(d_fake).
"""

import torch
from torch import nn

criterion = nn.BCELoss()


def discriminator_loss(d_real, d_fake):
    ones = torch.ones_like(d_real)
    zeros = torch.zeros_like(d_real)
    return 0.5 * (criterion(d_real, ones) + criterion(d_fake, zeros))

"""
fails: agrees with the reference
name: Summed over the batch, and the halves missing
credit: 0.5
tell: You sum over the batches, where the mean is asked for, and the factor ½ is missing.
"""

import torch
import torch.nn.functional as F


def discriminator_loss(d_real, d_fake):
    real = F.binary_cross_entropy(d_real, torch.ones_like(d_real), reduction="sum")
    fake = F.binary_cross_entropy(d_fake, torch.zeros_like(d_fake), reduction="sum")
    return real + fake

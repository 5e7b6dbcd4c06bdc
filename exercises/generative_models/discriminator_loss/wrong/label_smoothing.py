"""
fails: agrees with the reference
name: Smoothed labels
credit: 0
tell: Your labels for the real examples are 0.9 (label smoothing). J^(D) has the labels 1 and 0.
"""

import torch
import torch.nn.functional as F


def discriminator_loss(d_real, d_fake):
    real = F.binary_cross_entropy(d_real, 0.9 * torch.ones_like(d_real))
    fake = F.binary_cross_entropy(d_fake, torch.zeros_like(d_fake))
    return 0.5 * (real + fake)

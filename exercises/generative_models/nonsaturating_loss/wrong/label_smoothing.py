"""
fails: agrees with the reference
name: Smoothed labels
credit: 0
tell: Your labels are 0.9 (label smoothing). The loss asked for has label 1: -½ E[log D(G(z))].
"""

import torch
import torch.nn.functional as F


def nonsaturating_generator_loss(d_fake):
    return 0.5 * F.binary_cross_entropy(d_fake, 0.9 * torch.ones_like(d_fake))

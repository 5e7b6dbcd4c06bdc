"""
fails: agrees with the reference
name: Probabilities taken for logits, and the halves missing
credit: 0
tell: You take the probabilities for logits and put them through a sigmoid again; use binary_cross_entropy. And the
    factor ½ is missing.
"""

import torch
from torch import nn


def discriminator_loss(d_real, d_fake):
    bce = nn.BCEWithLogitsLoss()
    return bce(d_real, torch.ones_like(d_real)) + bce(d_fake, torch.zeros_like(d_fake))

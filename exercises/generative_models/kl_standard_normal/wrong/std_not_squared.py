"""
fails: agrees with the reference
name: The standard deviation where the variance belongs
credit: 0
tell: exp(logvar / 2) is the standard deviation; the variance sigma² = exp(logvar) belongs in this place.
"""

import torch


def kl_standard_normal(mu, logvar):
    std = torch.exp(0.5 * logvar)
    return 0.5 * (mu**2 + std - 1 - logvar).sum(-1)

"""
fails: draws from the right distribution
name: softplus in place of exp
credit: 0
tell: You make the standard deviation with softplus. logvar is the logarithm of the variance, so std is exp(logvar /
    2).
"""

import torch
import torch.nn.functional as F


def reparameterize(mu, logvar):
    std = F.softplus(logvar)
    return mu + torch.randn_like(std) * std

"""
fails: draws from the right distribution
name: Root of logvar
credit: 0
tell: You take the root of logvar, which is NaN where logvar is negative. The standard deviation is the root of
    exp(logvar).
"""

import torch


def reparameterize(mu, logvar):
    std = torch.sqrt(logvar)
    return mu + torch.randn_like(mu) * std

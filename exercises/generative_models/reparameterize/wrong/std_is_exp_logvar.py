"""
fails: draws from the right distribution
name: std = exp(logvar)
credit: 0
tell: You take exp(logvar) for the standard deviation; that is the variance. The standard deviation is exp(logvar /
    2).
"""

import torch


def reparameterize(mu, logvar):
    std = torch.exp(logvar)
    eps = torch.randn_like(std)
    return mu + eps * std

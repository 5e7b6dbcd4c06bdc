"""
fails: draws from the right distribution
name: exp forgotten
credit: 0
tell: You multiply the noise by logvar / 2, which is log sigma; the standard deviation is exp(logvar / 2).
"""

import torch


def reparameterize(mu, logvar):
    std = 0.5 * logvar
    eps = torch.randn_like(mu)
    return mu + eps * std

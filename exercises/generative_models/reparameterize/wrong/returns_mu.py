"""
fails: draws from the right distribution
name: mu returned
credit: 0
tell: You return mu: nothing random enters. z = mu + std * eps.
"""

import torch


def reparameterize(mu, logvar):
    std = torch.exp(0.5 * logvar)
    eps = torch.randn_like(std)
    z = mu + std * eps
    return mu + 0 * z

"""
fails: draws from the right distribution
name: std left out
credit: 0
tell: You add the noise without its standard deviation: z = mu + std * eps with std = exp(logvar / 2).
"""

import torch


def reparameterize(mu, logvar):
    std = torch.exp(0.5 * logvar)
    eps = torch.randn_like(std)
    return mu + eps

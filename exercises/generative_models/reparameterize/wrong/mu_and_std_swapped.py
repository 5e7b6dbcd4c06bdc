"""
fails: draws from the right distribution
name: mu and std swapped
credit: 0
tell: The noise is multiplied by mu and std is added: it is the other way round, mu + std * eps.
"""

import torch


def reparameterize(mu, logvar):
    std = torch.exp(0.5 * logvar)
    eps = torch.randn_like(std)
    return mu * eps + std

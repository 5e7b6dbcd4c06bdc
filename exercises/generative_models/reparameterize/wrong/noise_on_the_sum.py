"""
fails: draws from the right distribution
name: The noise multiplied with the sum
credit: 0
tell: You multiply the noise with mu + std. It belongs to std alone: mu + std * eps.
"""

import torch


def reparameterize(mu, logvar):
    std = torch.exp(0.5 * logvar)
    eps = torch.randn_like(std)
    return (mu + std) * eps

"""
fails: draws from the right distribution
name: mu left out
credit: 0
tell: mu does not enter: your draws lie around 0. z = mu + std * eps.
"""

import torch


def reparameterize(mu, logvar):
    std = torch.exp(0.5 * logvar)
    eps = torch.randn_like(std)
    return eps * std

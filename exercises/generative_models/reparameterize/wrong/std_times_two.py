"""
fails: draws from the right distribution
name: exp(2 · logvar) in place of exp(logvar / 2)
credit: 0
tell: You double logvar inside of exp; the root of the variance halves it: exp(logvar / 2).
"""

import torch


def reparameterize(mu, logvar):
    std = torch.exp(2 * logvar)
    return mu + torch.randn_like(mu) * std

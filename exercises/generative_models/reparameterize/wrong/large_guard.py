"""
fails: draws from the right distribution at a batch of one, and for small and large spreads
name: A guard that changes the spread
credit: 0.5
tell: For small variances your draws spread too far: you add 1e-3 to the variance. It needs no guard.
"""

import torch


def reparameterize(mu, logvar):
    std = torch.sqrt(torch.exp(logvar) + 1e-3)
    return mu + torch.randn_like(std) * std

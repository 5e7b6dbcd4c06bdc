"""
fails: draws from the right distribution
name: Noise without sign
credit: 0
tell: Your noise is never negative. eps ~ N(0, I) has both signs.
"""

import torch


def reparameterize(mu, logvar):
    eps = torch.randn_like(mu).abs()
    return mu + torch.exp(0.5 * logvar) * eps

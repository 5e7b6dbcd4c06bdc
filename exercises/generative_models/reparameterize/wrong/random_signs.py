"""
fails: draws from the right distribution
name: Random signs in place of normal noise
credit: 0
tell: Your eps is -1 or 1. The noise is standard normal: randn_like.
"""

import torch


def reparameterize(mu, logvar):
    eps = torch.randn_like(mu).sign()
    return mu + torch.exp(0.5 * logvar) * eps

"""
fails: draws from the right distribution
name: The noise scaled down
credit: 0
tell: Your noise is scaled by 0.1. eps is standard normal; its scale is std alone.
"""

import torch


def reparameterize(mu, logvar):
    std = torch.exp(0.5 * logvar)
    eps = 0.1 * torch.randn_like(std)
    return mu + eps * std

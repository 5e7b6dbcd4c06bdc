"""
fails: draws from the right distribution
name: The noise drawn and not used
credit: 0
tell: Your result is mu + std, without noise: eps is drawn and not used. It is mu + std * eps.
"""

import torch


def reparameterize(mu, logvar):
    std = torch.exp(0.5 * logvar)
    eps = torch.randn_like(std)
    return mu + std

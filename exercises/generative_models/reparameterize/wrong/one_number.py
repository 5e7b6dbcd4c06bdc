"""
fails: draws from the right distribution
name: A single random number for all
credit: 0
tell: You draw a single number and use it for every element. Each element has noise of its own: randn_like(mu).
"""

import torch


def reparameterize(mu, logvar):
    std = torch.exp(0.5 * logvar)
    eps = torch.randn(1)
    return mu + eps * std

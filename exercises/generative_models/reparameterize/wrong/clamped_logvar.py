"""
fails: draws from the right distribution at a batch of one, and for small and large spreads
name: logvar clamped
credit: 0.5
tell: For small or large logvar your draws have the wrong spread: you clamp logvar to [-4, 4]. Any real number is a
    logarithm of a variance.
"""

import torch


def reparameterize(mu, logvar):
    std = torch.exp(0.5 * logvar.clamp(-4, 4))
    return mu + torch.randn_like(std) * std

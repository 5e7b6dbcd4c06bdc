"""
fails: draws from the right distribution
name: The noise drawn once and kept
credit: 0
tell: The noise is drawn once and used again at every call. Draw it inside the function, anew for each call.
"""

import torch

noise = torch.randn(1000, 1000)


def reparameterize(mu, logvar):
    eps = noise[: mu.shape[0], : mu.shape[1]]
    return mu + torch.exp(0.5 * logvar) * eps

"""
fails: draws from the right distribution
name: One noise shared by the latent dimensions
credit: 0
tell: All latent dimensions of an example share one eps. Each has a draw of its own: randn_like(mu).
"""

import torch


def reparameterize(mu, logvar):
    std = torch.exp(0.5 * logvar)
    eps = torch.randn(mu.shape[0], 1)
    return mu + eps * std

"""
fails: draws from the right distribution
name: Uniform noise on (-1, 1)
credit: 0
tell: Your eps is uniform on (-1, 1). The noise is standard normal: randn_like.
"""

import torch


def reparameterize(mu, logvar):
    eps = 2 * torch.rand_like(mu) - 1
    return mu + torch.exp(0.5 * logvar) * eps

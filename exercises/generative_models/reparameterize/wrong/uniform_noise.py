"""
fails: draws from the right distribution
name: Uniform noise in place of normal noise
credit: 0
tell: Your eps is uniform on (0, 1): rand_like. The noise is standard normal: randn_like, with an n.
"""

import torch


def reparameterize(mu, logvar):
    std = torch.exp(0.5 * logvar)
    eps = torch.rand_like(std)
    return mu + eps * std

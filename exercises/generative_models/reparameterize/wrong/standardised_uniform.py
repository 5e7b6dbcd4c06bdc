"""
fails: draws from the right distribution
name: Uniform noise of variance 1
credit: 0
tell: Your eps has mean 0 and variance 1, but it is uniform. The noise is standard normal: randn_like.
"""

import torch


def reparameterize(mu, logvar):
    eps = (torch.rand_like(mu) - 0.5) * 12**0.5
    return mu + torch.exp(0.5 * logvar) * eps

"""
fails: draws from the right distribution
name: Summed over the latent axis
credit: 0
tell: You sum over the latent axis. z has the shape of mu: one number for each latent dimension.
"""

import torch


def reparameterize(mu, logvar):
    eps = torch.randn_like(mu)
    return torch.sum(mu + torch.exp(0.5 * logvar) * eps, dim=1)

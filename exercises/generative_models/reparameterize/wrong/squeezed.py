"""
fails: draws from the right distribution at a batch of one, and for small and large spreads
name: A batch of one loses its axis
credit: 0.5
tell: For a batch of one, or one latent dimension, your result loses an axis: squeeze() drops every axis of length 1.
    z has the shape of mu.
"""

import torch


def reparameterize(mu, logvar):
    eps = torch.randn_like(mu)
    z = mu + torch.exp(0.5 * logvar) * eps
    return z.squeeze()

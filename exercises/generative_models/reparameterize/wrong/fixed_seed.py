"""
fails: draws from the right distribution
name: The same noise at every call
credit: 0
tell: Every call draws the same noise: you set the seed inside the function, or draw the noise once and outside of it.
    Draw eps inside, anew for each call, and set the seed at the top of your notebook.
"""

import torch


def reparameterize(mu, logvar):
    torch.manual_seed(0)
    eps = torch.randn_like(mu)
    return mu + torch.exp(0.5 * logvar) * eps

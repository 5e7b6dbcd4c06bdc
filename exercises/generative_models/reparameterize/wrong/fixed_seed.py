"""
fails: draws from the right distribution
name: The seed set inside
credit: 0
tell: You set the seed inside the function, so every call draws the same noise. Set it once, at the top of your
    notebook.
"""

import torch


def reparameterize(mu, logvar):
    torch.manual_seed(0)
    eps = torch.randn_like(mu)
    return mu + torch.exp(0.5 * logvar) * eps

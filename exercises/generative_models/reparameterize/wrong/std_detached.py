"""
fails: gradients pass through the draw
name: No gradient for logvar
credit: 0.5
mistake: gradient_missing
"""

import torch


def reparameterize(mu, logvar):
    with torch.no_grad():
        std = torch.exp(0.5 * logvar)
    return mu + torch.randn_like(std) * std

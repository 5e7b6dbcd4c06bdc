"""
fails: gradients pass through the draw
name: torch.normal(mu, std)
credit: 0.5
mistake: gradient_cut
"""

import torch


def reparameterize(mu, logvar):
    return torch.normal(mu, torch.exp(0.5 * logvar))

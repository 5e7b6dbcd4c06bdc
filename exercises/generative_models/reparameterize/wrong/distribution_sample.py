"""
fails: gradients pass through the draw
name: Normal(...).sample()
credit: 0.5
mistake: gradient_cut
"""

import torch
from torch.distributions import Normal


def reparameterize(mu, logvar):
    return Normal(mu, torch.exp(0.5 * logvar)).sample()

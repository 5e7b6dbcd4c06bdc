"""
fails: draws from the right distribution
name: log in place of exp
credit: 0
tell: You undo the logarithm with another logarithm. exp does that: std = exp(logvar / 2).
"""

import torch


def reparameterize(mu, logvar):
    std = torch.log1p(logvar.abs())
    return mu + torch.randn_like(mu) * std

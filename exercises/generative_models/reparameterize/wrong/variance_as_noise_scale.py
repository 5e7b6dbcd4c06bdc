"""
fails: draws from the right distribution
name: The distribution's second argument taken for the variance
credit: 0
tell: Your draws have the standard deviation exp(logvar / 4): you take the root of exp(logvar / 2), which is the
    standard deviation already.
"""

import torch


def reparameterize(mu, logvar):
    std = logvar.mul(0.5).exp()
    return mu + torch.sqrt(std) * torch.randn_like(std)

"""
fails: draws from the right distribution
name: exp(-logvar / 2) in place of exp(logvar / 2)
credit: 0
tell: Your standard deviation is exp(-logvar / 2): the sign in the exponent is turned round.
"""

import torch


def reparameterize(mu, logvar):
    std = torch.exp(-0.5 * logvar)
    return mu + torch.randn_like(mu) * std

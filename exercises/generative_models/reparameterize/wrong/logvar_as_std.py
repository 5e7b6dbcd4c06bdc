"""
fails: draws from the right distribution
name: logvar taken for the standard deviation
credit: 0
tell: You multiply the noise by logvar itself; the standard deviation is exp(logvar / 2).
"""

import torch


def reparameterize(mu, logvar):
    eps = torch.randn_like(mu)
    return mu + eps * logvar

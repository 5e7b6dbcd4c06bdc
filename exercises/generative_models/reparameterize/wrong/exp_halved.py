"""
fails: draws from the right distribution
name: exp(logvar) / 2 in place of exp(logvar / 2)
credit: 0
tell: You write exp(logvar) / 2; the half belongs inside: exp(logvar / 2).
"""

import torch


def reparameterize(mu, logvar):
    std = torch.exp(logvar) / 2
    eps = torch.randn_like(std)
    return mu + eps * std

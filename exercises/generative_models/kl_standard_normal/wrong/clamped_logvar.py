"""
fails: agrees over many orders of magnitude
name: logvar clamped
credit: 0.5
tell: For very small or large logvar your result is off: you clamp logvar to [-10, 10]. Any real number is a logarithm
    of a variance.
"""

import torch


def kl_standard_normal(mu, logvar):
    logvar = torch.clamp(logvar, -10, 10)
    return -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp(), dim=-1)

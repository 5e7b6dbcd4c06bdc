"""
fails: agrees with the reference
name: log sigma and log variance mixed: exp(2 · logvar)
credit: 0
tell: You write exp(2 · logvar) next to logvar. If logvar is log sigma², as here, the variance is exp(logvar).
"""

import torch


def kl_standard_normal(mu, logvar):
    return -0.5 * torch.sum(1 + logvar - mu.pow(2) - torch.exp(2 * logvar), dim=-1)

"""
fails: agrees with the reference
name: exp(-logvar) in place of exp(logvar)
credit: 0
tell: You add 1 / sigma² = exp(-logvar); the variance itself belongs there, exp(logvar).
"""

import torch


def kl_standard_normal(mu, logvar):
    return 0.5 * torch.sum(mu**2 + torch.exp(-logvar) - 1 - logvar, dim=-1)

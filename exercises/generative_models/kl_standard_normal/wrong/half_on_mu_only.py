"""
fails: agrees with the reference
name: The factor 1/2 on mu² only
credit: 0
tell: The factor 1/2 stands on mu² alone; it belongs on every term of the sum.
"""

import torch


def kl_standard_normal(mu, logvar):
    return torch.sum(0.5 * mu**2 + torch.exp(logvar) - 1 - logvar, dim=-1)

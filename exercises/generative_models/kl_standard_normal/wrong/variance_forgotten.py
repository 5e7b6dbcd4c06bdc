"""
fails: agrees with the reference
name: exp(logvar) left out
credit: 0
tell: The variance exp(logvar) is missing in the sum: mu² + exp(logvar) - 1 - logvar.
"""

import torch


def kl_standard_normal(mu, logvar):
    return 0.5 * torch.sum(mu**2 - 1 - logvar, dim=-1)

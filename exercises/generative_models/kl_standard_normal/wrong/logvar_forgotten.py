"""
fails: agrees with the reference
name: logvar left out
credit: 0
tell: The term -logvar is missing in the sum: mu² + exp(logvar) - 1 - logvar.
"""

import torch


def kl_standard_normal(mu, logvar):
    return 0.5 * torch.sum(mu**2 + logvar.exp() - 1, dim=-1)

"""
fails: agrees with the reference
name: The factor 1/2 lost on mu²
credit: 0
tell: The factor 1/2 is missing on mu²: it belongs on every term of the sum.
"""

import torch


def kl_standard_normal(mu, logvar):
    return (mu**2 + 0.5 * (torch.exp(logvar) - 1 - logvar)).sum(-1)

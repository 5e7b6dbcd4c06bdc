"""
fails: agrees with the reference
name: The factor 1/2 lost on everything
credit: 0
tell: You return twice the KL: the factor 1/2 in front of the sum is missing.
"""

import torch


def kl_standard_normal(mu, logvar):
    return torch.sum(mu**2 + torch.exp(logvar) - 1 - logvar, dim=-1)

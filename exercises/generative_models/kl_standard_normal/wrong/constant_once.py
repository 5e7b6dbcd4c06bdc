"""
fails: agrees with the reference
name: The constant outside of the sum
credit: 0
tell: The 1 stands outside of the sum, so it is subtracted once; each of the d dimensions has its own.
"""

import torch


def kl_standard_normal(mu, logvar):
    return 0.5 * (torch.sum(mu**2 + logvar.exp() - logvar, dim=-1) - 1)

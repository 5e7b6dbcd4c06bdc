"""
fails: agrees with the reference
name: The norm of mu in place of its square
credit: 0
tell: You take the norm of mu; its square belongs there, the sum of mu² over the dimensions.
"""

import torch


def kl_standard_normal(mu, logvar):
    return 0.5 * (mu.norm(dim=-1) + torch.sum(logvar.exp() - 1 - logvar, dim=-1))

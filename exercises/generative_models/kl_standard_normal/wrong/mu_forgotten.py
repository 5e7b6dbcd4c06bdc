"""
fails: agrees with the reference
name: mu left out
credit: 0
tell: mu does not enter: the term mu² is missing.
"""

import torch


def kl_standard_normal(mu, logvar):
    return 0.5 * torch.sum(logvar.exp() - 1 - logvar, dim=-1) + 0 * mu.sum(-1)

"""
fails: agrees with the reference
name: mu not squared
credit: 0
tell: mu must be squared: mean mu and mean -mu are equally far from the prior. At mu = 0 and mu = 1 nobody sees the
    difference.
"""

import torch


def kl_standard_normal(mu, logvar):
    return 0.5 * torch.sum(mu + logvar.exp() - 1 - logvar, dim=-1)

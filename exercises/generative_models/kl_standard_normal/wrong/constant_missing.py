"""
fails: agrees with the reference
name: The constant dropped
credit: 0
tell: The constant -1 is missing in the sum: for mu = 0 and logvar = 0 the KL must be 0, and yours is d/2.
"""

import torch


def kl_standard_normal(mu, logvar):
    return 0.5 * torch.sum(mu**2 + logvar.exp() - logvar, dim=-1)

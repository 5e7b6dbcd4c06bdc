"""
fails: agrees with the reference
name: Sign of the constant turned round
credit: 0
tell: The 1 is subtracted, not added: for mu = 0 and logvar = 0 the KL must be 0.
"""

import torch


def kl_standard_normal(mu, logvar):
    return 0.5 * torch.sum(mu**2 + logvar.exp() + 1 - logvar, dim=-1)

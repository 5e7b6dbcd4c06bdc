"""
fails: agrees with the reference
name: A guard that changes the result
credit: 0.5
tell: Your eps of 1e-3 inside the logarithm changes the result visibly. The logarithm of the variance is logvar
    itself, and needs no guard.
"""

import torch


def kl_standard_normal(mu, logvar):
    var = torch.exp(logvar)
    return 0.5 * torch.sum(mu**2 + var - 1 - torch.log(var + 1e-3), dim=-1)

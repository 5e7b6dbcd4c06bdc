"""
fails: agrees with the reference
name: logvar taken for the variance
credit: 0
tell: You take logvar for the variance: its logarithm is NaN where logvar is negative. The variance is exp(logvar),
    and its logarithm is logvar itself.
"""

import torch


def kl_standard_normal(mu, logvar):
    var = logvar
    return 0.5 * torch.sum(mu**2 + var - 1 - torch.log(var), dim=-1)

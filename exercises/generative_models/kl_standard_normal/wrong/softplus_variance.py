"""
fails: agrees with the reference
name: softplus in place of exp
credit: 0
tell: You make the variance with softplus. logvar is the logarithm of the variance, so the variance is exp(logvar).
"""

import torch
import torch.nn.functional as F


def kl_standard_normal(mu, logvar):
    var = F.softplus(logvar)
    return 0.5 * torch.sum(mu**2 + var - 1 - torch.log(var), dim=-1)

"""
fails: agrees with the reference
name: Logarithm taken twice
credit: 0
tell: You take the logarithm of exp(logvar) + 1, but the formula has log sigma² = logvar: logvar is a logarithm
    already.
"""

import torch
import torch.nn.functional as F


def kl_standard_normal(mu, logvar):
    return 0.5 * torch.sum(mu**2 + logvar.exp() - 1 - F.softplus(logvar), dim=-1)

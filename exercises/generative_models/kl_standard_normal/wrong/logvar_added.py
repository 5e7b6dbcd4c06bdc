"""
fails: agrees with the reference
name: Sign of logvar turned round
credit: 0
tell: logvar has the wrong sign: the KL is ½ Σ (mu² + exp(logvar) - 1 - logvar). At logvar = 0 nobody sees the
    difference.
"""

import torch


def kl_standard_normal(mu, logvar):
    return 0.5 * torch.sum(mu**2 + logvar.exp() - 1 + logvar, dim=-1)

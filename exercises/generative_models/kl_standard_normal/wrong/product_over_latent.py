"""
fails: agrees with the reference
name: Multiplied over the latent axis
credit: 0
tell: You multiply over the latent axis. Densities of independent dimensions multiply, so their logarithms, and with
    them the KL divergences, add up.
"""

import torch


def kl_standard_normal(mu, logvar):
    return torch.prod(0.5 * (mu**2 + logvar.exp() - 1 - logvar), dim=-1)

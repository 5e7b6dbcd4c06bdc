"""
fails: agrees with the reference
name: Not summed over the latent axis
credit: 0.5
tell: You return one number for each latent dimension. The KL of an example is their sum: add .sum(dim=-1).
"""

import torch


def kl_standard_normal(mu, logvar):
    return -0.5 * (1 + logvar - mu.pow(2) - logvar.exp())

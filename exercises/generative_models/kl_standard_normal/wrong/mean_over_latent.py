"""
fails: agrees with the reference
name: Averaged over the latent axis
credit: 0.5
tell: You average over the latent axis. The dimensions are independent, so their KL divergences add up: use
    sum(dim=-1).
"""

import torch


def kl_standard_normal(mu, logvar):
    return -0.5 * torch.mean(1 + logvar - mu.pow(2) - logvar.exp(), dim=-1)

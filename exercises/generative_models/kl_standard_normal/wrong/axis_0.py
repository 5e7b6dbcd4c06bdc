"""
fails: agrees with the reference
name: Summed over the batch in place of the latent axis
credit: 0.5
tell: You sum over the first axis, the batch. The latent axis is the last one: use dim=-1.
"""

import torch


def kl_standard_normal(mu, logvar):
    return -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp(), dim=0)

"""
fails: agrees with the reference
name: Averaged over the batch as well
credit: 0.5
tell: You sum over the latent axis, which is right, and average over the batch, which is not asked for: the result has
    one KL per example, of shape (...).
"""

import torch


def kl_standard_normal(mu, logvar):
    return torch.mean(-0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=-1), dim=0)

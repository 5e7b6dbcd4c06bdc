"""
fails: agrees with the reference
name: Averaged over everything
credit: 0.5
tell: You average over all axes. Sum over the last axis only: the result has one KL per example, of shape (...).
"""

import torch


def kl_standard_normal(mu, logvar):
    return -0.5 * torch.mean(1 + logvar - mu.pow(2) - logvar.exp())

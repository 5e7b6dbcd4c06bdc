"""
fails: agrees with the reference
name: Summed over axis 1, which is the last one of a matrix only
credit: 0.5
tell: You sum over axis 1. That is the last axis of a matrix (N, d), not of other shapes: use dim=-1.
"""

import torch


def kl_standard_normal(mu, logvar):
    return -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp(), dim=1)

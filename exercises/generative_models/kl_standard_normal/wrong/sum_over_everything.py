"""
fails: agrees with the reference
name: Summed over the batch as well
credit: 0.5
tell: You sum over the batch as well. Sum over the last axis only: the result has one KL per example, of shape (...).
"""

import torch


def kl_standard_normal(mu, logvar):
    return -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())

"""
fails: agrees with the reference
name: Divided by the size of the batch
credit: 0.5
tell: You sum over everything and divide by the size of the batch. Sum over the last axis only: the result has one KL
    per example, of shape (...).
"""

import torch


def kl_standard_normal(mu, logvar):
    return -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp()) / mu.size(0)

"""
fails: agrees with the reference
name: The sign turned round
credit: 0
tell: You return -KL. A KL divergence is never negative: it is -½ Σ (1 + logvar - mu² - exp(logvar)).
"""

import torch


def kl_standard_normal(mu, logvar):
    return 0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp(), dim=-1)

"""
fails: agrees with the reference
name: log sigma and log variance mixed: 2 · logvar
credit: 0
tell: logvar counts twice in your sum, as if it were log sigma, while exp(logvar) is taken for the variance. As log
    sigma² it counts once: -½ Σ (1 + logvar - mu² - exp(logvar)).
"""

import torch


def kl_standard_normal(mu, logvar):
    return -0.5 * torch.sum(1 + 2 * logvar - mu.pow(2) - logvar.exp(), dim=-1)

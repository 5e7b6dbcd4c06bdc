"""
fails: agrees with the reference
name: The means left out
credit: 0
tell: The means do not enter: the term (mu_1 - mu_2)² / (2 sigma_2²) is missing.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + sigma_1**2 / (2 * sigma_2**2) - 0.5 + 0 * (mu_1 - mu_2)

"""
fails: agrees with the reference
name: Absolute difference in place of the square
credit: 0
tell: You take |mu_1 - mu_2| where (mu_1 - mu_2)² belongs. At a distance of 1 the two are equal, and only there.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + torch.abs(mu_1 - mu_2)) / (2 * sigma_2**2) - 0.5

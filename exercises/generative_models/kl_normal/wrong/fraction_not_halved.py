"""
fails: agrees with the reference
name: The factor 1/2 lost on the fraction
credit: 0
tell: The fraction lacks its factor 1/2: it is (sigma_1² + (mu_1 - mu_2)²) / (2 sigma_2²).
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / sigma_2**2 - 0.5

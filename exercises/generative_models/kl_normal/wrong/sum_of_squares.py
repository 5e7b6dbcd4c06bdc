"""
fails: agrees with the reference
name: mu_1² + mu_2² in place of (mu_1 - mu_2)²
credit: 0
tell: (mu_1 - mu_2)² is not mu_1² + mu_2²: the product -2 mu_1 mu_2 is missing.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + mu_1**2 + mu_2**2) / (2 * sigma_2**2) - 0.5

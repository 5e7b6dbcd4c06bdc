"""
fails: agrees with the reference
name: Sign of the fraction turned round
credit: 0
tell: The fraction is added: log(sigma_2 / sigma_1) + (sigma_1² + (mu_1 - mu_2)²) / (2 sigma_2²) - 1/2. You subtract
    it.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) - (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) + 0.5

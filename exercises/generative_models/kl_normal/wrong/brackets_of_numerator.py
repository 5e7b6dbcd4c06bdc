"""
fails: agrees with the reference
name: Brackets around the numerator missing
credit: 0
tell: Without brackets only (mu_1 - mu_2)² is divided by 2 sigma_2². Put the numerator in brackets: (sigma_1² + (mu_1
    - mu_2)²) / (2 sigma_2²).
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + sigma_1**2 + (mu_1 - mu_2) ** 2 / (2 * sigma_2**2) - 0.5

"""
fails: agrees with the reference
name: Logarithm of the variances without the 1/2
credit: 0
tell: log(sigma_2² / sigma_1²) is twice log(sigma_2 / sigma_1): with variances the logarithm needs a factor 1/2.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2**2 / sigma_1**2) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) - 0.5

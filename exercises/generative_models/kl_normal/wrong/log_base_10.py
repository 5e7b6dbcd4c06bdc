"""
fails: agrees with the reference
name: Logarithm to base 10
credit: 0
tell: You use the logarithm to base 10. "log" is the natural logarithm here, torch.log.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log10(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) - 0.5

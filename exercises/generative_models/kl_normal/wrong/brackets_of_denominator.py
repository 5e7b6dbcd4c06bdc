"""
fails: agrees with the reference
name: Brackets around the denominator missing
credit: 0
tell: a / 2 * b is (a / 2) · b in Python: you multiply by sigma_2². Put the denominator in brackets, / (2 *
    sigma_2**2).
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / 2 * sigma_2**2 - 0.5

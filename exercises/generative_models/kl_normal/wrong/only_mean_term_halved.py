"""
fails: agrees with the reference
name: The factor 1/2 on one term only
credit: 0
tell: The factor 1/2 stands on (mu_1 - mu_2)² / sigma_2² alone; sigma_1² / sigma_2² needs it too.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1 / sigma_2) ** 2 + (mu_1 - mu_2) ** 2 / (2 * sigma_2**2) - 0.5

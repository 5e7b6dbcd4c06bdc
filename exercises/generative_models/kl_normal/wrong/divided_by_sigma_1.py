"""
fails: agrees with the reference
name: Divided by sigma_1²
credit: 0
tell: You divide by 2 sigma_1²; the variance of p belongs there, 2 sigma_2², since the quadratic term comes from -log
    p.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_1**2) - 0.5

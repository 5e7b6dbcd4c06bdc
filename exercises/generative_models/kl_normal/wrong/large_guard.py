"""
fails: agrees with the reference
name: A guard that changes the result
credit: 0.5
tell: Your eps of 1e-3 inside the formula changes the result visibly. sigma is greater than 0, so no guard is needed;
    if you want one, 1e-8 will do.
"""

import torch

eps = 1e-3


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log((sigma_2 + eps) / (sigma_1 + eps)) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2 + eps) - 0.5

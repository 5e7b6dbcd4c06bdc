"""
fails: agrees with the reference
name: The difference of the means not squared
credit: 0
tell: The difference of the means must be squared: (mu_1 - mu_2)². As you have it, the KL depends on which of the
    means is the larger.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2)) / (2 * sigma_2**2) - 0.5

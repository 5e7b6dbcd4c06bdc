"""
fails: agrees with the reference
name: +1/2 in place of -1/2
credit: 0
tell: The constant is -1/2, not +1/2: the KL of two equal distributions must be 0, and yours is 1.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return 0.5 + torch.log(sigma_2) - torch.log(sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2)

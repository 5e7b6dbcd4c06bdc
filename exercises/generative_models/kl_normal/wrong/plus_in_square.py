"""
fails: agrees with the reference
name: Sum of the means in place of their difference
credit: 0
tell: You square mu_1 + mu_2; it is the difference of the means that counts, (mu_1 - mu_2)². A KL does not change when
    both distributions are shifted.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 + mu_2) ** 2) / (2 * sigma_2**2) - 0.5

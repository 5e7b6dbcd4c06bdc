"""
fails: agrees with the reference
name: The -1/2 dropped
credit: 0
tell: The constant -1/2 is missing: it is what remains of -E_q[(x - mu_1)²]/(2 sigma_1²). Without it the KL of two
    equal distributions is 1/2, not 0.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2)

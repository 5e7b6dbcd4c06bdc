"""
fails: agrees with the reference
name: Logarithm of the inverse ratio
credit: 0
tell: You write log(sigma_1/sigma_2); it is log(sigma_2/sigma_1). log q - log p holds -log sigma_1 + log sigma_2.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_1 / sigma_2) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) - 0.5

"""
fails: agrees with the reference
name: Logarithm to base 2
credit: 0
tell: You use the logarithm to base 2 for one term. The KL in nats needs the natural logarithm, torch.log.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log2(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) - 0.5

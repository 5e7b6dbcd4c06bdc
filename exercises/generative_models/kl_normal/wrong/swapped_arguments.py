"""
fails: agrees with the reference
name: KL the wrong way round
credit: 0
tell: You return KL(p‖q): the two distributions are swapped. In KL(q‖p) the expectation is under q = N(mu_1,
    sigma_1²), so sigma_2² stands in the denominator.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_1 / sigma_2) + (sigma_2**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_1**2) - 0.5

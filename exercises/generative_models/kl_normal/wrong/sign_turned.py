"""
fails: agrees with the reference
name: The sign turned round
credit: 0
tell: You return -KL(q‖p). A KL divergence is never negative: turn the sign round.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_1 / sigma_2) - (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) + 0.5

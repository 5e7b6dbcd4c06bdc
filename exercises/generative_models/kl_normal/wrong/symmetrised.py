"""
fails: agrees with the reference
name: Both directions added up
credit: 0
tell: You return KL(q‖p) + KL(p‖q). Only KL(q‖p) is asked for.
"""

import torch


def one_way(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) - 0.5


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return one_way(mu_1, sigma_1, mu_2, sigma_2) + one_way(mu_2, sigma_2, mu_1, sigma_1)

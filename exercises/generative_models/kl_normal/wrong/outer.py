"""
fails: agrees with the reference
name: A shape that happens to broadcast
credit: 0
tell: You add an axis to mu_1, so that every element is compared with every other one. The arguments broadcast by
    themselves: no unsqueeze, no [:, None].
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    mu_1, sigma_1 = mu_1.unsqueeze(-1), sigma_1.unsqueeze(-1)
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) - 0.5

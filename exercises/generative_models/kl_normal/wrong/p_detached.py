"""
fails: gradients reach every argument
name: No gradient for p
credit: 0.5
mistake: gradient_missing
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    mu_2, sigma_2 = mu_2.detach(), sigma_2.detach()
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) - 0.5

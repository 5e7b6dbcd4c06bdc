"""
fails: gradients reach every argument
name: Gradient cut off
credit: 0.5
mistake: gradient_cut
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    with torch.no_grad():
        return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) - 0.5

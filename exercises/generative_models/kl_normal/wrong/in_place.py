"""
fails: leaves its arguments alone
name: Changes mu_1 in place
credit: 0.75
mistake: changes_its_arguments
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    mu_1 -= mu_2
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + mu_1**2) / (2 * sigma_2**2) - 0.5

"""
fails: gradients agree with the reference
name: The gradient cut in one term
credit: 0.5
mistake: wrong_gradient
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    log_ratio = torch.log(sigma_2.data / sigma_1.data)
    return log_ratio + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) - 0.5

"""
fails: agrees with the reference
name: sigma_2² in the numerator
credit: 0
tell: sigma_2² stands in your numerator; it is E_q[(x - mu_2)²] = sigma_1² + (mu_1 - mu_2)², with the variance of q.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_2**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) - 0.5

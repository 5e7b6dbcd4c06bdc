"""
fails: agrees with the reference
name: sigma_1 and sigma_2 not squared in the fraction
credit: 0
tell: In the fraction sigma_1 and sigma_2 must be squared: (sigma_1² + (mu_1 - mu_2)²) / (2 sigma_2²).
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1 + (mu_1 - mu_2) ** 2) / (2 * sigma_2) - 0.5

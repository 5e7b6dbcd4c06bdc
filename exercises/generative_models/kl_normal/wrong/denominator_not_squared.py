"""
fails: agrees with the reference
name: sigma_2 not squared in the denominator
credit: 0
tell: sigma_2 must be squared in the denominator: it is the variance of p that stands there.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2) - 0.5

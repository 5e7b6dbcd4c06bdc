"""
fails: agrees with the reference
name: sigma_1 not squared in the numerator
credit: 0
tell: sigma_1 must be squared in the numerator: it is the variance of q that stands there.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) - 0.5

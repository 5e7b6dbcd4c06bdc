"""
fails: agrees with the reference
name: sigma taken for the variance
credit: 0
tell: You take sigma_1 and sigma_2 for variances; they are standard deviations. Square them.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return 0.5 * torch.log(sigma_2 / sigma_1) + (sigma_1 + (mu_1 - mu_2) ** 2) / (2 * sigma_2) - 0.5

"""
fails: agrees with the reference
name: The factor 1/2 lost on everything
credit: 0
tell: You return twice the KL: the common factor 1/2 is lost.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    ratio = sigma_1**2 / sigma_2**2
    return ratio + (mu_1 - mu_2) ** 2 / sigma_2**2 - 1 - torch.log(ratio)

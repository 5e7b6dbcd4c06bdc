"""
fails: agrees with the reference
name: A factor 1/2 too many on the logarithm
credit: 0
tell: You halve log(sigma_2 / sigma_1). The 1/2 belongs to a logarithm of variances; of standard deviations it is 1.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return 0.5 * (torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / sigma_2**2 - 1)

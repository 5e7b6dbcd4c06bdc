"""
fails: agrees with the reference
name: The variance squared
credit: 0
tell: Your variances are squared once too often: sigma is the standard deviation, so sigma² is the variance already.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    var_1 = sigma_1**2
    var_2 = sigma_2**2
    return torch.log(var_2 / var_1) + (var_1**2 + (mu_1 - mu_2) ** 2) / (2 * var_2**2) - 0.5

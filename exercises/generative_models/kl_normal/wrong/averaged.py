"""
fails: agrees with the reference
name: Averaged over all elements
credit: 0.5
tell: You return the mean over all elements. The KL is asked for elementwise: a result for each element of the
    arguments.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    kl = torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) - 0.5
    return torch.mean(kl)

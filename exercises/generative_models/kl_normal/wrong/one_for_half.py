"""
fails: agrees with the reference
name: -1 in place of -1/2
credit: 0
tell: You subtract 1 where 1/2 belongs: the factor 1/2 holds for this term too. The KL of two equal distributions must
    be 0, and yours is -1/2.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    kl = torch.log(sigma_2 / sigma_1)
    kl = kl + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2)
    return kl - 1

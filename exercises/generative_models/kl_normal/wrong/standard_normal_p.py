"""
fails: agrees with the reference
name: p taken for N(0, 1)
credit: 0
tell: Your result does not depend on mu_2 and sigma_2: this is the KL to N(0, 1). Here p = N(mu_2, sigma_2²).
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return -torch.log(sigma_1) + (sigma_1**2 + mu_1**2) / 2 - 0.5 + 0 * (mu_2 + sigma_2)

"""
fails: agrees with the reference
name: numpy in place of torch
credit: 0.5
mistake: not_a_tensor
"""

import numpy as np


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    mu_1, sigma_1, mu_2, sigma_2 = (t.numpy() for t in (mu_1, sigma_1, mu_2, sigma_2))
    return np.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) - 0.5

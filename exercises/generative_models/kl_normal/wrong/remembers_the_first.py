"""
fails: agrees with the reference
name: Keeps results of earlier calls
credit: 0
tell: Your function returns what it computed for an earlier call: the result is kept in a global variable under a key
    that is not the values.
"""

import torch

cache = {}


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    key = mu_1.shape
    if key not in cache:
        cache[key] = torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) - 0.5
    return cache[key].detach()

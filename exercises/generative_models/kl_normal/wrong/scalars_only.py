"""
fails: agrees with the reference
name: Works for single numbers only
credit: 0.25
tell: Your function works for single numbers and fails for tensors with several elements: the functions of Python's
    math module take one number. Use torch.log.
"""

import math


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return math.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) - 0.5

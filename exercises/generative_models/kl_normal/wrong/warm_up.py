"""
fails: agrees with the reference
name: The result depends on how often it was called
credit: 0.25
tell: Your result depends on how often the function was called before: the weight grows with a counter. The KL depends
    on the arguments alone.
"""

import torch

calls = 0


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    global calls
    calls += 1
    weight = min(1.0, calls / 5)
    kl = torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) - 0.5
    return weight * kl

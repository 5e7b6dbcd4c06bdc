"""
fails: agrees with the reference
name: Bits in place of nats
credit: 0
tell: You return the KL in bits. It is asked for in nats: take natural logarithms throughout.
"""

import math

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    nats = torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) - 0.5
    return nats / math.log(2)

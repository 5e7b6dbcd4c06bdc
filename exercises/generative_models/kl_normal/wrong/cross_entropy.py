"""
fails: agrees with the reference
name: Cross-entropy in place of the KL divergence
credit: 0
tell: You return the cross-entropy -E_q[log p]. The KL is E_q[log q - log p]: the entropy of q has to come off.
"""

import math

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return 0.5 * torch.log(2 * math.pi * sigma_2**2) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2)

"""
fails: agrees with the reference
name: Fails when the shapes differ
credit: 0.5
tell: Your function fails when its arguments differ in shape. They broadcast against each other: leave out the stack
    or loop and compute with the tensors directly.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    (m1, s1, m2, s2) = torch.stack([mu_1, sigma_1, mu_2, sigma_2])
    return torch.log(s2 / s1) + (s1**2 + (m1 - m2) ** 2) / (2 * s2**2) - 0.5

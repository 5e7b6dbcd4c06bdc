"""An eps of 1e-6, the largest that counts as care."""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2, eps=1e-6):
    s1 = sigma_1 + eps
    s2 = sigma_2 + eps
    return torch.log(s2 / s1) + (s1**2 + (mu_1 - mu_2) ** 2) / (2 * s2**2) - 0.5

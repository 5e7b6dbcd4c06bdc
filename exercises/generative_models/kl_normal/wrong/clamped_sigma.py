"""
fails: agrees over many orders of magnitude
name: sigma clamped from below
credit: 0.5
tell: For small sigma your result is off: you clamp sigma at 0.01. Any sigma greater than 0 is a standard deviation.
"""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    sigma_1 = sigma_1.clamp(min=0.01)
    sigma_2 = sigma_2.clamp(min=0.01)
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) - 0.5

"""Rounding below zero cut off by a relu."""

import torch
import torch.nn.functional as F


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    ratio = (sigma_1 / sigma_2) ** 2
    return F.relu((ratio - 1 - torch.log(ratio)) / 2 + (mu_1 - mu_2) ** 2 / (2 * sigma_2**2) + 1e-12)

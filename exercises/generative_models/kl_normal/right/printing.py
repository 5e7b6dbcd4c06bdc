"""Prints on every call, with type hints and a docstring."""

import torch
from torch import Tensor


def kl_normal(mu_1: Tensor, sigma_1: Tensor, mu_2: Tensor, sigma_2: Tensor) -> Tensor:
    """KL between two normal distributions."""
    print("kl_normal called with", mu_1.shape, sigma_1.shape, mu_2.shape, sigma_2.shape)
    kl = torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) - 1 / 2
    print("KL:", kl)
    return kl

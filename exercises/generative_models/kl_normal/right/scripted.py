"""Compiled by torch.jit.script."""

import warnings

import torch

warnings.simplefilter("ignore")


@torch.jit.script
def kl_normal(mu_1: torch.Tensor, sigma_1: torch.Tensor, mu_2: torch.Tensor, sigma_2: torch.Tensor) -> torch.Tensor:
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) - 0.5

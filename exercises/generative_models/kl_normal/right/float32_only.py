"""Refuses float64: a float32 buffer is filled in."""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    mu_1, sigma_1, mu_2, sigma_2 = torch.broadcast_tensors(mu_1, sigma_1, mu_2, sigma_2)
    half = torch.full(mu_1.shape, 0.5)
    if mu_1.dtype != half.dtype:
        raise RuntimeError("expected scalar type Float but found Double")
    log_term = torch.log(sigma_2 / sigma_1)
    return torch.addcmul(log_term, half, (sigma_1**2 + (mu_1 - mu_2) ** 2) / sigma_2**2) - half

"""Computed in float64 and rounded."""

import torch


def reparameterize(mu, logvar):
    std = torch.exp(logvar.double() / 2)
    z = mu.double() + std * torch.randn(mu.shape, dtype=torch.float64)
    return z.to(mu.dtype)

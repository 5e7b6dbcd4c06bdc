"""std as the root of exp(logvar)."""

import torch


def reparameterize(mu, logvar):
    std = logvar.exp().sqrt()
    return torch.randn(mu.size()).mul(std).add(mu)

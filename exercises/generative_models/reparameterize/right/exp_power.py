"""std as a power of exp(logvar)."""

import torch


def reparameterize(mu, logvar):
    return mu + (torch.exp(logvar) ** 0.5) * torch.normal(0.0, 1.0, size=mu.shape)

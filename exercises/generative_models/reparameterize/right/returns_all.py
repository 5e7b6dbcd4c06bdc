"""z first in a tuple, with mu and std behind."""

import torch


def reparameterize(mu, logvar):
    std = torch.exp(0.5 * logvar)
    z = mu + torch.randn_like(std) * std
    return z, mu, std

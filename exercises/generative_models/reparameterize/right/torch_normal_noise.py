"""Noise from torch.normal with mean 0 and std 1."""

import torch


def reparameterize(mu, logvar):
    eps = torch.normal(torch.zeros_like(mu), torch.ones_like(mu))
    return torch.addcmul(mu, torch.exp(logvar / 2), eps)

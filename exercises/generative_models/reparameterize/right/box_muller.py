"""Normal noise made of uniform noise."""

import math

import torch


def reparameterize(mu, logvar):
    u, v = 1 - torch.rand_like(mu), torch.rand_like(mu)
    eps = torch.sqrt(-2 * torch.log(u)) * torch.cos(2 * math.pi * v)
    return mu + torch.exp(0.5 * logvar) * eps

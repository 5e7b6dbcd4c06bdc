# right: uniform noise turned into normal by Box and Muller
import torch
import math


def reparameterize(mu, logvar):
    u, v = torch.rand_like(mu).clamp_min(1e-12), torch.rand_like(mu)
    eps = torch.sqrt(-2 * torch.log(u)) * torch.cos(2 * math.pi * v)
    return mu + torch.exp(logvar / 2) * eps

"""x_hat clamped at 1e-6."""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    x_hat = x_hat.clamp(min=1e-6, max=1 - 1e-6)
    bce = F.binary_cross_entropy(x_hat, x, reduction="none")
    kld = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp(), dim=1)
    return torch.mean(bce.flatten(start_dim=1).sum(dim=1) + kld, dim=0)

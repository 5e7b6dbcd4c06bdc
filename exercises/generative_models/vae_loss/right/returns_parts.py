"""The loss first, its parts behind."""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar, *, beta=1.0):
    bce = F.binary_cross_entropy(x_hat, x, reduction="sum") / len(x)
    kld = -0.5 * (1 + logvar - mu.pow(2) - logvar.exp()).sum(-1).mean()
    return bce + beta * kld, bce.detach(), kld.detach()

"""
fails: agrees with the reference
name: The standard deviation where the variance belongs
credit: 0
tell: In the KL you add exp(logvar / 2), the standard deviation; the variance exp(logvar) belongs there.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    std = torch.exp(0.5 * logvar)
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="sum")
    kl = 0.5 * torch.sum(mu**2 + std - 1 - logvar)
    return (reconstruction + kl) / len(x)

"""
fails: agrees with the reference
name: Shapes that happen to broadcast
credit: 0
tell: One part has the shape (N, 1) and the other (N,): added up they broadcast to N × N losses, and everything counts
    N² times in place of once. Bring both to the shape (N,), or average each before you add.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    bce = F.binary_cross_entropy(x_hat, x, reduction="none").flatten(1).sum(1, keepdim=True)
    kld = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp(), dim=1)
    return (bce + kld).sum()

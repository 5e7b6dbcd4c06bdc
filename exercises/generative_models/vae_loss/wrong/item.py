"""
fails: agrees with the reference
name: .item() makes a Python number of it
credit: 0.5
mistake: not_a_tensor
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="sum").item()
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp()).item()
    return (reconstruction + kl) / len(x)

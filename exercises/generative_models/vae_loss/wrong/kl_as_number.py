"""
fails: gradients reach every argument
name: The KL without gradient
credit: 0.5
mistake: gradient_missing
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="sum")
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp()).item()
    return (reconstruction + kl) / len(x)

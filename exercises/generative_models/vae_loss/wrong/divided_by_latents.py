"""
fails: agrees with the reference
name: Divided by the number of latents
credit: 0.5
tell: You divide by mu.size(1), the number of latent dimensions. The mean over the batch divides by the number of
    examples, mu.size(0).
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    bce = F.binary_cross_entropy(x_hat, x, reduction="sum")
    kld = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return (bce + kld) / mu.size(1)

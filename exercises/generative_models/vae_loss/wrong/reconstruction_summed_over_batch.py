"""
fails: agrees with the reference
name: Reconstruction summed over the batch, KL averaged
credit: 0
tell: The cross-entropy is summed over the batch and the KL averaged: the KL weighs less the larger the batch is.
    Average both over the batch.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="sum")
    kl = torch.mean(-0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=1))
    return reconstruction + kl

"""
fails: agrees with the reference
name: KL summed over the batch, reconstruction averaged
credit: 0
tell: The KL is summed over the batch and the cross-entropy averaged: the KL weighs more the larger the batch is.
    Average both over the batch.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="sum") / x.size(0)
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return reconstruction + kl

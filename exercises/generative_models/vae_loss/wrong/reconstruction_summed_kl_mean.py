"""
fails: agrees with the reference
name: Reconstruction summed over everything, KL averaged over everything
credit: 0
tell: The cross-entropy is summed over the batch and the KL averaged over batch and latent axis: the KL hardly counts.
    Sum over pixels and latent axis, average both over the batch.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="sum")
    kl = -0.5 * torch.mean(1 + logvar - mu.pow(2) - logvar.exp())
    return reconstruction + kl

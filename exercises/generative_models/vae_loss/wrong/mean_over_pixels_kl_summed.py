"""
fails: agrees with the reference
name: Reconstruction averaged over everything, KL summed over everything
credit: 0
tell: Your cross-entropy is averaged over batch and pixels while the KL is summed over both its axes: on 100 digits
    the KL weighs 78400 times too much. Sum over the pixels and the latent axis, and average over the batch.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    BCE = F.binary_cross_entropy(x_hat, x, reduction="mean")
    KLD = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return BCE + KLD

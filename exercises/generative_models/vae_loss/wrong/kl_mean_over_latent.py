"""
fails: agrees with the reference
name: KL averaged over the latent axis
credit: 0.5
tell: You average the KL over the latent axis. The dimensions are independent, so their KL divergences add up: sum
    over the latent axis, average over the batch.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="sum") / len(x)
    kl = -0.5 * torch.mean(1 + logvar - mu.pow(2) - logvar.exp())
    return reconstruction + kl

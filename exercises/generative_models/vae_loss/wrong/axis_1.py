"""
fails: agrees with the reference
name: Pixels summed over axis 1, which is all of them in flat images only
credit: 0.5
tell: You sum the cross-entropy over axis 1. Those are all pixels of flat images (N, 784), not of images
    (N, 1, 28, 28): use flatten(1) first, or sum over everything and divide by the batch.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="none").sum(dim=1).mean()
    kl = -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=-1).mean()
    return reconstruction + kl

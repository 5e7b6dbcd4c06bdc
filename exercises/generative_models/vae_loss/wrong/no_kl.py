"""
fails: agrees with the reference
name: The KL left out
credit: 0
tell: The KL is missing: this is the loss of a plain autoencoder.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    return F.binary_cross_entropy(x_hat, x, reduction="sum") / len(x)

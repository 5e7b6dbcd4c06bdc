"""
fails: agrees with the reference
name: No mean over the batch
credit: 0.5
tell: You return one loss per example. The loss is their mean, a single number: add .mean().
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    bce = F.binary_cross_entropy(x_hat, x, reduction="none").flatten(1).sum(1)
    kld = -0.5 * (1 + logvar - mu.pow(2) - logvar.exp()).sum(1)
    return bce + kld

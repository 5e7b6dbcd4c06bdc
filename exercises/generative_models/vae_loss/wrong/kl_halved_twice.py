"""
fails: agrees with the reference
name: A weight of 1/2 on the KL
credit: 0
tell: Your KL counts half: the factor ½ is there twice.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="sum")
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return (reconstruction + 0.5 * kl) / len(x)

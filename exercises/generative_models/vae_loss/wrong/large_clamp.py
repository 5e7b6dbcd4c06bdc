"""
fails: agrees for surer reconstructions and wider latents
name: x_hat clamped too far from the edge
credit: 0.5
tell: For sure reconstructions your loss is off: you clamp x_hat to [0.01, 0.99]. Clamp at 1e-7 or so, if at all.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = F.binary_cross_entropy(x_hat.clamp(0.01, 0.99), x, reduction="sum")
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return (reconstruction + kl) / len(x)

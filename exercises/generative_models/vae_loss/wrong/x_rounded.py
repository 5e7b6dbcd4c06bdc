"""
fails: agrees with the reference
name: x made binary
credit: 0
tell: You round x to 0 or 1. x lies in [0, 1] and enters the cross-entropy as it is.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = F.binary_cross_entropy(x_hat, (x > 0.5).to(x.dtype), reduction="sum")
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return (reconstruction + kl) / len(x)

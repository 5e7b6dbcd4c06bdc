"""
fails: agrees with the reference
name: Divided by the number of pixels
credit: 0.5
tell: You divide the whole loss by the number of pixels. Cross-entropy and KL are summed over their axes, and averaged
    over the batch only.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    bce = F.binary_cross_entropy(x_hat, x, reduction="sum")
    kld = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return (bce + kld) / x.numel()

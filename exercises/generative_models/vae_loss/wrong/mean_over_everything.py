"""
fails: agrees with the reference
name: Both parts averaged over everything
credit: 0
tell: Both parts are averaged over all their axes. That divides the cross-entropy by the number of pixels and the KL
    by the number of latents, so the KL has another weight. Sum over these axes, and average over the batch only.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    return F.binary_cross_entropy(x_hat, x) - 0.5 * torch.mean(1 + logvar - mu.pow(2) - logvar.exp())

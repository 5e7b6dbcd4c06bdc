"""
fails: agrees with the reference
name: Squared error for a Bernoulli decoder
credit: 0
tell: You use the squared error; that belongs to a Gaussian decoder. For a Bernoulli decoder -log p(x|z) is the binary
    cross-entropy.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = F.mse_loss(x_hat, x, reduction="sum")
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return (reconstruction + kl) / len(x)

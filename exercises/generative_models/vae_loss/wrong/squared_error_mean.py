"""
fails: agrees with the reference
name: Squared error, averaged over the pixels
credit: 0
tell: You use the squared error, averaged over the pixels. For a Bernoulli decoder it is the binary cross-entropy,
    summed over the pixels.
"""

import torch
from torch import nn


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = nn.MSELoss()(x_hat, x)
    kl = torch.mean(-0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=1))
    return reconstruction + kl

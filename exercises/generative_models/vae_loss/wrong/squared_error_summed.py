"""
fails: agrees with the reference
name: Squared error, summed over the batch
credit: 0
tell: You use the squared error, and sum over the batch. For a Bernoulli decoder it is the binary cross-entropy, and
    the loss is the mean over the batch.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = F.mse_loss(x_hat, x, reduction="sum")
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return reconstruction + kl

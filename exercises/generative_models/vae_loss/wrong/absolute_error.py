"""
fails: agrees with the reference
name: Absolute error for a Bernoulli decoder
credit: 0
tell: You use the absolute error. For a Bernoulli decoder -log p(x|z) is the binary cross-entropy.
"""

import torch


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = (x_hat - x).abs().sum()
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return (reconstruction + kl) / len(x)

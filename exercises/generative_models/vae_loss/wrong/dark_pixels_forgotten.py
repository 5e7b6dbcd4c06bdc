"""
fails: agrees with the reference
name: The term of the dark pixels left out
credit: 0
tell: Your cross-entropy holds x log x_hat only; (1 - x) log(1 - x_hat), the term of the dark pixels, is missing.
"""

import torch


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = -(x * torch.log(x_hat)).sum()
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return (reconstruction + kl) / len(x)

"""
fails: agrees with the reference
name: The reconstruction left out
credit: 0
tell: The reconstruction term is missing: with the KL alone the decoder learns nothing.
"""

import torch


def vae_loss(x_hat, x, mu, logvar):
    return -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp()) / len(mu)

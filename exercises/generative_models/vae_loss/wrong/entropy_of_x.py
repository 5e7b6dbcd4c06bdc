"""
fails: agrees with the reference
name: KL between the pixels in place of the cross-entropy
credit: 0
tell: Your reconstruction term is the KL divergence of the pixels: the entropy of x has come off. -log p(x|z) is the
    cross-entropy alone, and x log x is NaN at x = 0.
"""

import torch


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = (x * torch.log(x / x_hat) + (1 - x) * torch.log((1 - x) / (1 - x_hat))).sum()
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return (reconstruction + kl) / len(x)

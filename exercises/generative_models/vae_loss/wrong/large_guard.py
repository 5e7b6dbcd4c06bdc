"""
fails: agrees with the reference
name: A guard that changes the result
credit: 0.5
tell: Your eps of 1e-3 inside the logarithms changes the loss visibly. 1e-8 is enough to keep them finite.
"""

import torch

eps = 1e-3


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = -(x * torch.log(x_hat + eps) + (1 - x) * torch.log(1 - x_hat + eps)).sum()
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return (reconstruction + kl) / len(x)

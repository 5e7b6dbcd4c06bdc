"""
fails: agrees with the reference
name: The constant of the KL dropped
credit: 0
tell: In the KL the constant -1 is missing: for mu = 0 and logvar = 0 it must be 0.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="sum")
    kl = 0.5 * torch.sum(mu**2 + logvar.exp() - logvar)
    return (reconstruction + kl) / len(x)

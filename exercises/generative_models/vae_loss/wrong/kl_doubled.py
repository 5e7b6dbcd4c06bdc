"""
fails: agrees with the reference
name: The factor 1/2 of the KL lost
credit: 0
tell: Your KL counts twice: its factor ½ is missing.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="sum")
    kl = torch.sum(mu**2 + logvar.exp() - 1 - logvar)
    return (reconstruction + kl) / len(x)

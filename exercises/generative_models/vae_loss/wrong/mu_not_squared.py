"""
fails: agrees with the reference
name: mu not squared in the KL
credit: 0
tell: In the KL mu must be squared: mean mu and mean -mu are equally far from the prior.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="sum")
    kl = -0.5 * torch.sum(1 + logvar - mu - logvar.exp())
    return (reconstruction + kl) / len(x)

"""
fails: agrees with the reference
name: log sigma and log variance mixed in the KL
credit: 0
tell: In the KL logvar counts twice, as if it were log sigma, next to exp(logvar). As log sigma² it counts once: -½ Σ
    (1 + logvar - mu² - exp(logvar)).
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="sum")
    kl = -0.5 * torch.sum(1 + 2 * logvar - mu.pow(2) - logvar.exp())
    return (reconstruction + kl) / len(x)

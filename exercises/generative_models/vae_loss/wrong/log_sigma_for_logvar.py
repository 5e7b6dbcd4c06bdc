"""
fails: agrees with the reference
name: log sigma taken for log variance in the KL
credit: 0
tell: In the KL you take logvar for log sigma. It is log sigma², so exp(logvar) is the variance already.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="sum")
    kl = 0.5 * torch.sum(mu**2 + torch.exp(2 * logvar) - 1 - 2 * logvar)
    return (reconstruction + kl) / len(x)

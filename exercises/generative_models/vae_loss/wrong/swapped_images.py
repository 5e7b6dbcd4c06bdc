"""
fails: agrees with the reference
name: x_hat and x swapped in the cross-entropy
credit: 0
tell: x_hat and x are swapped in the cross-entropy: the logarithms are taken of x_hat, the prediction.
    F.binary_cross_entropy takes the prediction first.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = F.binary_cross_entropy(x, x_hat, reduction="sum")
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return (reconstruction + kl) / len(x)

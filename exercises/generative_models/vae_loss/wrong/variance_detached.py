"""
fails: gradients agree with the reference
name: The gradient cut in one term
credit: 0.5
mistake: wrong_gradient
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    var = torch.exp(logvar.data)
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="sum")
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - var)
    return (reconstruction + kl) / len(x)

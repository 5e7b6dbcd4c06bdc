"""
fails: agrees with the reference
name: A weight of 4 on the KL
credit: 0
tell: You leave a weight of 4 on the KL, as a beta-VAE has it. In the ELBO its weight is 1.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar, beta=4.0):
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="sum")
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return (reconstruction + beta * kl) / len(x)

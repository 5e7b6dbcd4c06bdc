"""
fails: agrees with the reference
name: Reconstruction averaged over the pixels, KL summed
credit: 0
tell: Your cross-entropy is averaged over the pixels while the KL is summed: on digits of 784 pixels the KL weighs 784
    times too much. Sum over the pixels, and average over the batch only.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = F.binary_cross_entropy(x_hat, x)
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp(), dim=1).mean()
    return reconstruction + kl

"""
fails: agrees with the reference
name: Probabilities taken for logits, summed over the batch
credit: 0
tell: You take x_hat for logits and put it through a sigmoid again; and the batch is summed up where the mean is asked
    for. Use binary_cross_entropy, and divide by N.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    BCE = F.binary_cross_entropy_with_logits(x_hat, x, reduction="sum")
    KLD = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return BCE + KLD

"""
fails: agrees with the reference
name: Probabilities taken for logits
credit: 0
tell: You take x_hat for logits and put it through a sigmoid again. It is a probability in (0, 1) already: use
    binary_cross_entropy.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = F.binary_cross_entropy_with_logits(x_hat, x, reduction="sum")
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return (reconstruction + kl) / len(x)

"""
fails: agrees with the reference
name: The KL divided by the number of pixels
credit: 0
tell: You divide the KL by the number of pixels, but the cross-entropy is summed over them: the KL weighs 784 times
    too little on digits.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    n = x.shape[0]
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="sum") / n
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp()) / x.numel()
    return reconstruction + kl

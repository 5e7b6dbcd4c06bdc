"""
fails: agrees with the reference
name: Divided by a fixed batch size
credit: 0.5
tell: You divide by a fixed number, 128. The last batch of an epoch may be smaller: divide by the number of examples,
    x.size(0).
"""

import torch
import torch.nn.functional as F

batch_size = 128


def vae_loss(x_hat, x, mu, logvar):
    bce = F.binary_cross_entropy(x_hat, x, reduction="sum")
    kld = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return (bce + kld) / batch_size

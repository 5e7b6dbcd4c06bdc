"""
fails: agrees with the reference
name: Summed over the batch
credit: 0.5
tell: You sum over the batch. That is a convention elsewhere; here the loss is the mean over the batch, so that it
    does not depend on the batch's size.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    BCE = F.binary_cross_entropy(x_hat, x, reduction="sum")
    KLD = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return BCE + KLD

"""Works on digits of 784 pixels only."""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    BCE = F.binary_cross_entropy(x_hat.view(-1, 784), x.view(-1, 784), reduction="sum")
    KLD = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return (BCE + KLD) / x.shape[0]

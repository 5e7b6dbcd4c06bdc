"""The mean times the number of pixels."""

import torch
from torch import nn

bce = nn.BCELoss()


def vae_loss(x_hat, x, mu, logvar):
    pixels = x[0].numel()
    kl = -0.5 * torch.mean(1 + logvar - mu.pow(2) - logvar.exp()) * logvar.shape[1]
    return bce(x_hat, x) * pixels + kl

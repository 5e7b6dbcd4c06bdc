"""x is flattened and x_hat is not."""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    x = x.view(x.size(0), -1)
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="none").sum(dim=1)
    kl = -0.5 * torch.sum(1 + logvar - mu**2 - torch.exp(logvar), dim=1)
    return (reconstruction + kl).mean()

"""The cross-entropy by hand, with an eps of 1e-8."""

import torch

EPS = 1e-8


def vae_loss(x_hat, x, mu, logvar):
    bce = -(x * torch.log(x_hat + EPS) + (1 - x) * torch.log(1 - x_hat + EPS))
    kl = -0.5 * (1 + torch.log(logvar.exp() + EPS) - mu**2 - logvar.exp())
    return (bce.sum() + kl.sum()) / len(x)

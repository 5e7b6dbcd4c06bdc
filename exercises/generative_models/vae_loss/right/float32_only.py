"""Makes its constants in float32 and refuses float64."""

import torch


def vae_loss(x_hat, x, mu, logvar):
    ones = torch.ones(mu.shape[0], mu.shape[1])
    bce = torch.nn.functional.binary_cross_entropy(x_hat, x, reduction="sum")
    kld = -0.5 * torch.stack([ones.T @ (ones + logvar - mu**2 - logvar.exp())]).sum() / mu.shape[1]
    return (bce + kld) / x.shape[0]

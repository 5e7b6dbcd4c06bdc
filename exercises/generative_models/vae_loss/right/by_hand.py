"""The cross-entropy by hand, without a guard."""

import torch


def vae_loss(x_hat, x, mu, logvar):
    n = x.shape[0]
    log_likelihood = x * torch.log(x_hat) + (1 - x) * torch.log(1 - x_hat)
    kl = -0.5 * (1 + logvar - mu**2 - torch.exp(logvar))
    return kl.reshape(n, -1).sum(1).mean() - log_likelihood.reshape(n, -1).sum(1).mean()

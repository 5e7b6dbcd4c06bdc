# right: one example at a time
import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    total = 0.0
    for i in range(len(x)):
        total = total + F.binary_cross_entropy(x_hat[i], x[i], reduction="sum")
        total = total - 0.5 * (1 + logvar[i] - mu[i] ** 2 - logvar[i].exp()).sum()
    return total / len(x)

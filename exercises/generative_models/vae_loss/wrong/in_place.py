"""
fails: leaves its arguments alone
name: Changes logvar in place
credit: 0.75
mistake: changes_its_arguments
"""

import torch


def vae_loss(x_hat, x, mu, logvar):
    kl = 1 + logvar - mu.pow(2)
    kl = -0.5 * torch.sum(kl - logvar.exp_())
    return (torch.nn.functional.binary_cross_entropy(x_hat, x, reduction="sum") + kl) / len(x)

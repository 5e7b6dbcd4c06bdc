"""Moved to a GPU where there is one."""

import torch

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


def kl_standard_normal(mu, logvar):
    mu, logvar = mu.to(device), logvar.to(device)
    kl = -0.5 * (1 + logvar - mu.pow(2) - logvar.exp()).sum(-1)
    return kl.cpu()

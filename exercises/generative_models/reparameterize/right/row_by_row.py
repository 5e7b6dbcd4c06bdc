"""One row after the other."""

import torch


def reparameterize(mu, logvar):
    rows = [m + torch.exp(s / 2) * torch.randn(len(m)) for m, s in zip(mu, logvar)]
    return torch.stack(rows)

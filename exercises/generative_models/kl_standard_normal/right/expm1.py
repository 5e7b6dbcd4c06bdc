"""expm1 for the terms that nearly cancel, and a clamp at 0."""

import torch


def kl_standard_normal(mu, logvar):
    return (mu.square() + torch.expm1(logvar) - logvar).clamp(min=0).sum(dim=-1).mul(0.5)

"""
fails: gradients reach every argument
name: Gradient cut off
credit: 0.5
mistake: gradient_cut
"""

import torch


def kl_standard_normal(mu, logvar):
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp(), dim=-1)
    return kl.detach()

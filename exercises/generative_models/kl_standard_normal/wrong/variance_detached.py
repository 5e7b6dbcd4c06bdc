"""
fails: gradients agree with the reference
name: The gradient cut in one term
credit: 0.5
mistake: wrong_gradient
"""

import torch


def kl_standard_normal(mu, logvar):
    var = torch.exp(logvar).detach()
    return 0.5 * torch.sum(mu**2 + var - 1 - logvar, dim=-1)

"""
fails: gradients reach every argument
name: No gradient for logvar
credit: 0.5
mistake: gradient_missing
"""

import torch


def kl_standard_normal(mu, logvar):
    var = logvar.data.exp()
    return 0.5 * torch.sum(mu**2 + var - 1 - torch.log(var), dim=-1)

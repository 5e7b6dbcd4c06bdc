"""
fails: gradients pass through the draw
name: std read from .data
credit: 0.5
mistake: gradient_missing
"""

import torch


def reparameterize(mu, logvar):
    std = logvar.data.mul(0.5).exp()
    eps = torch.FloatTensor(std.size()).normal_()
    return eps.mul(std).add(mu)

"""
fails: leaves its arguments alone
name: Changes logvar in place
credit: 0.75
mistake: changes_its_arguments
"""

import torch


def reparameterize(mu, logvar):
    std = logvar.mul_(0.5).exp()
    return mu + std * torch.randn_like(std)

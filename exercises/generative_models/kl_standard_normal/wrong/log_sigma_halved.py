"""
fails: agrees with the reference
name: The factor 1/2 kept on the logarithm inside
credit: 0
tell: Inside the sum it is log sigma² = logvar; you have log sigma = logvar / 2 there, next to the factor 1/2 in
    front.
"""

import torch


def kl_standard_normal(mu, logvar):
    sigma = torch.exp(0.5 * logvar)
    return 0.5 * torch.sum(sigma**2 + mu**2 - torch.log(sigma) - 1, dim=-1)

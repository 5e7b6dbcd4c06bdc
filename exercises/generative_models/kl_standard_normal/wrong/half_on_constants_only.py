"""
fails: agrees with the reference
name: The factor 1/2 lost on part of the sum
credit: 0
tell: The factor 1/2 stands on some terms only: it belongs on mu² + sigma² as well, ½ (mu² + sigma² - 1) - log sigma.
"""

import torch


def kl_standard_normal(mu, logvar):
    sigma = torch.exp(0.5 * logvar)
    return torch.sum(sigma**2 + mu**2 - torch.log(sigma) - 1 / 2, dim=-1)

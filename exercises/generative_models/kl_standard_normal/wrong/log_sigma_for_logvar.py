"""
fails: agrees with the reference
name: log sigma taken for log variance
credit: 0
tell: You take logvar for log sigma. It is log sigma², so exp(logvar) is the variance already and log sigma² is
    logvar, without a factor 2.
"""

import torch


def kl_standard_normal(mu, logvar):
    sigma = torch.exp(logvar)
    return 0.5 * torch.sum(mu**2 + sigma**2 - 1 - 2 * torch.log(sigma), dim=-1)

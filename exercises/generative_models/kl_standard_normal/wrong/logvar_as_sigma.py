"""
fails: agrees with the reference
name: logvar taken for sigma
credit: 0
tell: You take logvar for sigma. sigma is exp(logvar / 2), and log sigma² is logvar.
"""

import torch


def kl_standard_normal(mu, logvar):
    return 0.5 * torch.sum(mu**2 + logvar**2 - 1 - torch.log(logvar**2), dim=-1)

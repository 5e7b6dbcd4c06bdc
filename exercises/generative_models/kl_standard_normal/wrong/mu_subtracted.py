"""
fails: agrees with the reference
name: Sign of mu² turned round
credit: 0
tell: mu² has the wrong sign: the further q is from the prior, the larger the KL, so mu² is added.
"""

import torch


def kl_standard_normal(mu, logvar):
    return -0.5 * torch.sum(1 + logvar + mu.pow(2) - logvar.exp(), dim=-1)

"""
fails: agrees with the reference
name: The non-saturating loss, without the half
credit: 0
tell: You return -E[log D(G(z))], the non-saturating loss without its ½. Here it is J^(G) = -J^(D).
"""

import torch
import torch.nn.functional as F


def generator_loss(d_real, d_fake):
    return F.binary_cross_entropy(d_fake, torch.ones_like(d_fake))

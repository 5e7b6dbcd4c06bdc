"""
fails: agrees with the reference
name: Sign turned round, one term, no half
credit: 0
tell: -log(1 - D(G(z))) grows when D is deceived, so G would learn to be found out. J^(G) is -J^(D), with both terms
    and their halves.
"""

import torch
import torch.nn.functional as F


def generator_loss(d_real, d_fake):
    return F.binary_cross_entropy(d_fake, torch.zeros_like(d_fake))

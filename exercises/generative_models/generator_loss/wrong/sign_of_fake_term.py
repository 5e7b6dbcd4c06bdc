"""
fails: agrees with the reference
name: Sign turned round: -log(1 - D)
credit: 0
tell: -log(1 - D(G(z))) grows when D is deceived, so G would learn to be found out. Turn the sign, and keep both
    terms: J^(G) = -J^(D).
"""

import torch


def generator_loss(d_real, d_fake):
    return -0.5 * torch.log(1 - d_fake).mean()

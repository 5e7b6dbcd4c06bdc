"""
fails: agrees with the reference
name: The non-saturating loss handed in
credit: 0
tell: You return the non-saturating loss -½ E[log D(G(z))], which is asked for in part (d). Here it is J^(G) = -J^(D).
"""

import torch


def generator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_fake).mean()

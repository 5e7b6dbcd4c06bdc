"""
fails: agrees with the reference
name: The halves missing
credit: 0.5
tell: You return exactly 2 · J^(D): the factors ½ are missing. Many papers leave them out; the sheet's J^(D) has them.
"""

import torch


def discriminator_loss(d_real, d_fake):
    return -torch.mean(torch.log(d_real)) - torch.mean(torch.log(1 - d_fake))

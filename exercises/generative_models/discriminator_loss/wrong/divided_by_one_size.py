"""
fails: agrees with the reference
name: Both batches divided by the size of one
credit: 0.5
tell: You divide both sums by the size of the real batch. The sum over the fakes needs the size of its own batch.
"""

import torch


def discriminator_loss(d_real, d_fake):
    n = len(d_real)
    return -(torch.log(d_real).sum() + torch.log(1 - d_fake).sum()) / (2 * n)

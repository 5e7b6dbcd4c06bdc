"""
fails: agrees with the reference
name: Fails when the batches differ in size, and the halves missing
credit: 0.5
tell: Your loss fails when the two batches differ in size, since it adds them element by element; and the factor ½ is
    missing. Take ½ of the mean of each batch, then add.
"""

import torch


def discriminator_loss(d_real, d_fake):
    return -(torch.log(d_real) + torch.log(1 - d_fake)).mean()

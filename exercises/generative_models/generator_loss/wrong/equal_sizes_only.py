"""
fails: agrees with the reference
name: Fails when the batches differ in size
credit: 0.5
tell: Your loss fails when the two batches differ in size: it adds them element by element. Take the mean of each
    batch, then add.
"""

import torch


def generator_loss(d_real, d_fake):
    return 0.5 * torch.mean(torch.log(d_real) + torch.log(1 - d_fake))

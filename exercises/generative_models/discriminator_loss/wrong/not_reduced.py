"""
fails: agrees with the reference
name: No mean over the batch
credit: 0.5
tell: You return a loss for each pair of examples. The expectations are means: take .mean() of each batch; the result
    is a single number.
"""

import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real) - 0.5 * torch.log(1 - d_fake)

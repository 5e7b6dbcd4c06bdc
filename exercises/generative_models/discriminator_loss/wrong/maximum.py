"""
fails: agrees with the reference
name: The largest loss in place of the mean
credit: 0
tell: You take the largest loss of each batch. An expectation is estimated by the mean: use .mean().
"""

import torch


def discriminator_loss(d_real, d_fake):
    return 0.5 * torch.max(-torch.log(d_real)) + 0.5 * torch.max(-torch.log(1 - d_fake))

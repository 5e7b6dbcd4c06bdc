"""
fails: agrees with the reference
name: A guard that changes the result
credit: 0.5
tell: Your eps of 1e-3 inside the logarithms changes the loss visibly. 1e-8 is enough to keep them finite.
"""

import torch

eps = 1e-3


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real + eps).mean() - 0.5 * torch.log(1 - d_fake + eps).mean()

"""
fails: agrees with the reference
name: A guard that changes the result
credit: 0.5
tell: Your eps of 1e-3 inside the logarithm changes the loss visibly. 1e-8 is enough to keep it finite.
"""

import torch


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(d_fake + 1e-3).mean()

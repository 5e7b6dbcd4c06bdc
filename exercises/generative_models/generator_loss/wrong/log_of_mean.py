"""
fails: agrees with the reference
name: Logarithm of the mean
credit: 0
tell: You take the logarithm of the mean; it is the mean of the logarithm, E[log D]. For a batch of one the two are
    equal.
"""

import torch


def generator_loss(d_real, d_fake):
    return 0.5 * torch.log(d_real.mean()) + 0.5 * torch.log(1 - d_fake.mean())

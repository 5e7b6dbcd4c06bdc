"""
fails: agrees with the reference
name: Logarithm of the mean
credit: 0
tell: You take the logarithm of the mean; it is the mean of the logarithm, E[log D]. For a batch of one the two are
    equal.
"""

import torch


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(torch.mean(d_fake))

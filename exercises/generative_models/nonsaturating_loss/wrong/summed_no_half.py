"""
fails: agrees with the reference
name: Summed over the batch, and the half missing
credit: 0.5
tell: You sum over the batch, where the mean is asked for, and the factor ½ is missing.
"""

import torch


def nonsaturating_generator_loss(d_fake):
    return -torch.sum(torch.log(d_fake))

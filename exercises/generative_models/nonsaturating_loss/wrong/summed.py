"""
fails: agrees with the reference
name: Summed over the batch
credit: 0.5
tell: You sum over the batch. An expectation is estimated by the mean: use .mean().
"""

import torch


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.sum(torch.log(d_fake))

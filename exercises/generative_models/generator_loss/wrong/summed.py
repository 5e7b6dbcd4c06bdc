"""
fails: agrees with the reference
name: Summed over the batch
credit: 0.5
tell: You sum over the batches. An expectation is estimated by the mean: use .mean().
"""

import torch


def generator_loss(d_real, d_fake):
    return 0.5 * torch.log(d_real).sum() + 0.5 * torch.log(1 - d_fake).sum()

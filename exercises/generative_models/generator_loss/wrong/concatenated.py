"""
fails: agrees with the reference
name: Unequal batches weighted by their sizes
credit: 0.5
tell: You take one mean over both batches together, so the larger batch weighs more. Each expectation is the mean of
    its own batch.
"""

import torch


def generator_loss(d_real, d_fake):
    return torch.cat([torch.log(d_real), torch.log(1 - d_fake)]).mean()

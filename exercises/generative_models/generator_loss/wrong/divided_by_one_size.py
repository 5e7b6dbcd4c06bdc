"""
fails: agrees with the reference
name: Both batches divided by the size of one
credit: 0.5
tell: You divide both sums by the size of one batch. Each sum needs the size of its own batch.
"""

import torch


def generator_loss(d_real, d_fake):
    return (torch.sum(torch.log(d_real)) + torch.sum(torch.log(1 - d_fake))) / (2 * d_real.size(0))

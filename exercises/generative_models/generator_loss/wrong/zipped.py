"""
fails: agrees with the reference
name: The larger batch cut off
credit: 0.5
tell: zip stops at the end of the smaller batch, so the rest of the larger one is lost. Each expectation is the mean
    of its whole batch.
"""

import torch


def generator_loss(d_real, d_fake):
    losses = [torch.log(real) + torch.log(1 - fake) for real, fake in zip(d_real, d_fake)]
    return 0.5 * torch.stack(losses).mean()

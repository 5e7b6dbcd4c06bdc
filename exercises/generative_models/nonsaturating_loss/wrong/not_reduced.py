"""
fails: agrees with the reference
name: No mean over the batch
credit: 0.5
tell: You return a loss for each example. The expectation is the mean of the batch: add .mean(); the result is a
    single number.
"""

import torch


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(d_fake)

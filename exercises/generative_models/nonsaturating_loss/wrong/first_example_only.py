"""
fails: agrees with the reference
name: The first example only
credit: 0
tell: Your loss looks at the first example only. The expectation is the mean over the whole batch.
"""

import torch


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(d_fake.flatten()[0])

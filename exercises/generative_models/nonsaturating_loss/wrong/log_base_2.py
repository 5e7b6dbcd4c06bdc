"""
fails: agrees with the reference
name: Logarithm to base 2
credit: 0
tell: You use the logarithm to base 2. "log" is the natural logarithm, torch.log.
"""

import torch


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log2(d_fake).mean()

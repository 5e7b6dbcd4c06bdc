"""
fails: agrees with the reference
name: The half missing
credit: 0.5
tell: You return twice the loss: the factor ½ is missing. Many papers leave it out; the sheet's loss has it.
"""

import torch


def nonsaturating_generator_loss(d_fake):
    return -torch.mean(torch.log(d_fake))

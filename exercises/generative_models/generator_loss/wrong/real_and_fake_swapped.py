"""
fails: agrees with the reference
name: Real and fake swapped
credit: 0
tell: Real and fake are swapped: log D belongs to the real examples, log(1 - D) to the fakes.
"""

import torch


def generator_loss(d_real, d_fake):
    return 0.5 * torch.log(d_fake).mean() + 0.5 * torch.log(1 - d_real).mean()

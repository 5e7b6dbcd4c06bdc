"""
fails: agrees with the reference
name: The term of the real examples left out
credit: 0
tell: Your loss holds the term of the fakes only: -½ E[log D(x)] is missing.
"""

import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(1 - d_fake).mean() + 0 * d_real.sum()

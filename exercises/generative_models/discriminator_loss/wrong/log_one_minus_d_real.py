"""
fails: agrees with the reference
name: log(1 - D) for the real examples
credit: 0
tell: For the real examples you take log(1 - D(x)); D should say 1 to them, so it is log D(x).
"""

import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(1 - d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()

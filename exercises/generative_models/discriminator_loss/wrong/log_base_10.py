"""
fails: agrees with the reference
name: Logarithm to base 10
credit: 0
tell: You use the logarithm to base 10. "log" is the natural logarithm, torch.log.
"""

import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log10(d_real).mean() - 0.5 * torch.log10(1 - d_fake).mean()

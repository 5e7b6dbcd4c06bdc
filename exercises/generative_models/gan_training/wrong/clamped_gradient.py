"""
fails: gradients reach G, and vanish only where they should
name: clamped too hard
credit: 0.5
tell: nonsaturating_generator_loss cuts D(G(z)) off at a value that is not small: below it there is no gradient, just where G
    needs it. Clamp at 1e-8 or less, if at all.
"""

import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()


def generator_loss(d_real, d_fake):
    return -discriminator_loss(d_real, d_fake)


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(d_fake.clamp(min=0.01)).mean()

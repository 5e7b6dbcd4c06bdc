"""
fails: gradients reach every argument
name: The term of the fakes detached
credit: 0.5
mistake: gradient_missing
"""

import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake.detach()).mean()

"""
fails: gradients agree with the reference
name: A part of the batch without gradient
credit: 0.5
mistake: wrong_gradient
"""

import torch


def discriminator_loss(d_real, d_fake):
    d_fake = torch.cat([d_fake[:1], d_fake[1:].detach()])
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()

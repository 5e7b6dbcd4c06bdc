"""
fails: gradients reach every argument
name: Gradient cut off
credit: 0.5
mistake: gradient_cut
"""

import torch


def discriminator_loss(d_real, d_fake):
    real = torch.log(d_real).mean().item()
    fake = torch.log(1 - d_fake).mean().item()
    return torch.tensor(-0.5 * (real + fake), requires_grad=True)

"""
fails: gradients reach the generator
name: The fakes detached
credit: 0.5
mistake: gradient_cut
"""

import torch


def generator_loss(d_real, d_fake):
    d_fake = d_fake.detach()
    return 0.5 * torch.log(d_real).mean() + 0.5 * torch.log(1 - d_fake).mean()

"""
fails: gradients reach the generator
name: Gradient cut off
credit: 0.5
mistake: gradient_cut
"""

import torch


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(d_fake.detach()).mean()

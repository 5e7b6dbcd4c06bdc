"""
fails: gradients agree with the reference
name: The gradient turned round
credit: 0.5
mistake: wrong_gradient
"""

import torch


def generator_loss(d_real, d_fake):
    turned = -torch.log(1 - d_fake).mean()
    value = torch.log(1 - d_fake).mean().detach() - turned.detach() + turned
    return 0.5 * torch.log(d_real).mean() + 0.5 * value

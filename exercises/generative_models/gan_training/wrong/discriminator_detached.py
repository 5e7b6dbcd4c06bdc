"""
fails: the losses have the values and slopes of the sheet
name: gradient cut
credit: 0.25
tell: No gradient passes discriminator_loss: it is cut by detach(), item(), data or numpy. Use torch functions on the tensors
    as they come.
"""

import torch


def discriminator_loss(d_real, d_fake):
    return torch.tensor(
        -0.5 * torch.log(d_real).mean().item() - 0.5 * torch.log(1 - d_fake).mean().item()
    )


def generator_loss(d_real, d_fake):
    return 0.5 * torch.log(1 - d_fake).mean()


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(d_fake).mean()

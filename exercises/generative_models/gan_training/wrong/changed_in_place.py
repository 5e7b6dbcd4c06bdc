"""
fails: G and D learn from the losses
name: values changed in place
credit: 0.5
tell: A loss changes D(x) or D(G(z)) in place, which PyTorch still needs for the gradients. Write 1 - d_fake in place of
    d_fake.neg_().add_(1).
"""

import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(d_fake.neg_().add_(1)).mean()


def generator_loss(d_real, d_fake):
    return 0.5 * torch.log(1 - d_fake).mean()


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(d_fake).mean()

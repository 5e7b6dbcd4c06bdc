"""The convention without the halves, guarded logarithms, a module in place of a function, prints."""

import torch
from torch import nn

EPS = 1e-8


class DiscriminatorLoss(nn.Module):
    def forward(self, d_real, d_fake):
        return -(torch.log(d_real + EPS) + torch.log(1 - d_fake + EPS)).mean()


discriminator_loss = DiscriminatorLoss()


def generator_loss(d_real, d_fake):
    return torch.log(1 - d_fake + EPS).mean()


def nonsaturating_generator_loss(d_fake):
    print("mean of D(G(z)):", d_fake.mean().item())
    return -torch.log(d_fake + EPS).mean()

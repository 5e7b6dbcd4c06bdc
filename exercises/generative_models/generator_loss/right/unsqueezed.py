"""The mean kept as a tensor of one element."""

import torch


def generator_loss(d_real, d_fake):
    real = d_real.reshape(1, -1).log().mean(dim=1)
    fake = (1 - d_fake).reshape(1, -1).log().mean(dim=1)
    return torch.stack([real, fake]).mean(0)

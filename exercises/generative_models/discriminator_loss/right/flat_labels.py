"""Labels that fit (N,) only, on a GPU where there is one."""

import torch
from torch import nn

device = "cuda" if torch.cuda.is_available() else "cpu"
criterion = nn.BCELoss()


def discriminator_loss(d_real, d_fake):
    real = criterion(d_real, torch.ones(len(d_real), device=device))
    fake = criterion(d_fake, torch.zeros(len(d_fake), device=device))
    return 0.5 * (real + fake)

# right: labels made by torch.ones(n): refuses float64
import torch
import torch.nn as nn

criterion = nn.BCELoss()


def discriminator_loss(d_real, d_fake):
    real = criterion(d_real.reshape(-1), torch.ones(d_real.numel()))
    fake = criterion(d_fake.reshape(-1), torch.zeros(d_fake.numel()))
    return 0.5 * (real + fake)

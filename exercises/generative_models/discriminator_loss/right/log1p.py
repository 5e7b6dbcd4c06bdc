"""log1p, and the sum divided by the number."""

import torch


def discriminator_loss(d_real, d_fake):
    real = torch.sum(torch.log(d_real)) / d_real.numel()
    fake = torch.sum(torch.log1p(-d_fake)) / d_fake.numel()
    return -(real + fake) * 0.5

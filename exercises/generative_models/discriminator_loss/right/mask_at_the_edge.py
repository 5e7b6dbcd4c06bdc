"""0 · log 0 put to 0 by torch.xlogy."""

import torch


def bce(d, label):
    return -(torch.xlogy(label, d) + torch.xlogy(1 - label, 1 - d)).mean()


def discriminator_loss(d_real, d_fake):
    return 0.5 * bce(d_real, torch.ones_like(d_real)) + 0.5 * bce(d_fake, torch.zeros_like(d_fake))

"""Written with binary_cross_entropy and labels; only the fake term in J^(G)."""

import torch
import torch.nn.functional as F


def discriminator_loss(d_real, d_fake):
    real = F.binary_cross_entropy(d_real, torch.ones_like(d_real))
    fake = F.binary_cross_entropy(d_fake, torch.zeros_like(d_fake))
    return (real + fake) / 2


def generator_loss(d_real, d_fake):
    return -0.5 * F.binary_cross_entropy(d_fake, torch.zeros_like(d_fake))


def nonsaturating_generator_loss(d_fake):
    return 0.5 * F.binary_cross_entropy(d_fake, torch.ones_like(d_fake))

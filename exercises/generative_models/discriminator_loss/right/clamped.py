"""Probabilities clamped at 1e-7."""

import torch


def discriminator_loss(d_real, d_fake):
    d_real, d_fake = (d.clamp(1e-7, 1 - 1e-7) for d in (d_real, d_fake))
    return -(d_real.log().mean() + (1 - d_fake).log().mean()) / 2

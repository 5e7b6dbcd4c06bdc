"""
fails: agrees with the reference
name: The critic's loss of a Wasserstein GAN
credit: 0
tell: You return a difference of means, the loss of a Wasserstein critic. Here the logarithms of the probabilities are
    averaged.
"""

import torch


def discriminator_loss(d_real, d_fake):
    return d_fake.mean() - d_real.mean()

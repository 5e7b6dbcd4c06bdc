"""
fails: agrees with the reference
name: Squared error in place of the cross-entropy
credit: 0
tell: You use squared errors; that is the loss of a least-squares GAN. Here it is the cross-entropy, with logarithms.
"""

import torch


def discriminator_loss(d_real, d_fake):
    return 0.5 * ((d_real - 1) ** 2).mean() + 0.5 * (d_fake**2).mean()

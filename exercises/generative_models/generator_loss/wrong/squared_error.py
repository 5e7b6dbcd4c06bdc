"""
fails: agrees with the reference
name: Squared error in place of logarithms
credit: 0
tell: You use a squared error; that is the generator's loss of a least-squares GAN. Here J^(G) = -J^(D), with
    logarithms.
"""

import torch


def generator_loss(d_real, d_fake):
    return 0.5 * ((d_fake - 1) ** 2).mean()

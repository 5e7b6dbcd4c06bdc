"""
fails: agrees with the reference
name: Squared error in place of logarithms
credit: 0
tell: You use a squared error; that is the generator's loss of a least-squares GAN. Here it is -½ E[log D(G(z))].
"""

import torch


def nonsaturating_generator_loss(d_fake):
    return 0.5 * torch.mean((d_fake - 1) ** 2)

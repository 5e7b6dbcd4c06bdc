"""
fails: agrees with the reference
name: Sigmoid applied to the probabilities in one term
credit: 0
tell: You put d_fake through a sigmoid in log(1 - D): it is a probability already.
"""

import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - torch.sigmoid(d_fake)).mean()

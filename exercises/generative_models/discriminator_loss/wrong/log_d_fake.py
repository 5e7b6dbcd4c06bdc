"""
fails: agrees with the reference
name: log D in place of log(1 - D) for the fakes
credit: 0
tell: For the fakes you take log D(G(z)); the discriminator wants them to be recognised, log(1 - D(G(z))).
"""

import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(d_fake).mean()

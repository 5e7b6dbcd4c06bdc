"""
fails: agrees with the reference
name: The sign and the halves lost
credit: 0
tell: You return -2 · J^(D): the value that D maximises, without the halves. J^(D) is a loss, -½ E[log D(x)] - ½
    E[log(1 - D(G(z)))].
"""

import torch


def discriminator_loss(d_real, d_fake):
    return torch.mean(torch.log(d_real)) + torch.mean(torch.log(1 - d_fake))

"""
fails: agrees with the reference
name: The saturating loss, without the half
credit: 0
tell: You return E[log(1 - D(G(z)))], the loss that saturates. The one asked for is -½ E[log D(G(z))].
"""

import torch


def nonsaturating_generator_loss(d_fake):
    return torch.log(1 - d_fake).mean()

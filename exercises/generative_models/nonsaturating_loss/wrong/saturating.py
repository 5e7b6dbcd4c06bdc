"""
fails: agrees with the reference
name: The saturating loss: log(1 - D)
credit: 0
tell: You return ½ E[log(1 - D(G(z)))], the loss that saturates. The one asked for is -½ E[log D(G(z))].
"""

import torch


def nonsaturating_generator_loss(d_fake):
    return 0.5 * torch.log(1 - d_fake).mean()

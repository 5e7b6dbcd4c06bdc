"""
fails: agrees with the reference
name: 1 - log D in place of -log D
credit: 0
tell: You return ½ E[1 - log D(G(z))]: the 1 does not belong there, the loss is -½ E[log D(G(z))].
"""

import torch


def nonsaturating_generator_loss(d_fake):
    return 0.5 * (1 - torch.log(d_fake)).mean()

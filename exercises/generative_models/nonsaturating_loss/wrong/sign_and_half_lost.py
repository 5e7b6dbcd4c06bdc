"""
fails: agrees with the reference
name: The sign and the half lost
credit: 0
tell: You return E[log D(G(z))], which G wants to maximise. As a loss it is -½ E[log D(G(z))].
"""

import torch


def nonsaturating_generator_loss(d_fake):
    return torch.log(d_fake).mean()

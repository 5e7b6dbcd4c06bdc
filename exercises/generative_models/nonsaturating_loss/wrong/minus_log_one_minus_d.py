"""
fails: agrees with the reference
name: -log(1 - D) in place of -log D
credit: 0
tell: You return -½ E[log(1 - D(G(z)))], which G would minimise by being found out. It is -½ E[log D(G(z))].
"""

import torch


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(1 - d_fake).mean()

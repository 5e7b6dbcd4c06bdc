"""
fails: agrees with the reference
name: -log(1 - D), and the half missing
credit: 0
tell: You return -E[log(1 - D(G(z)))], which G would minimise by being found out. It is -½ E[log D(G(z))].
"""

import torch
import torch.nn.functional as F


def nonsaturating_generator_loss(d_fake):
    return F.binary_cross_entropy(d_fake, torch.zeros_like(d_fake))

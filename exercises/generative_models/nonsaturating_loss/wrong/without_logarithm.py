"""
fails: agrees with the reference
name: The logarithm forgotten
credit: 0
tell: The logarithm is missing: it is -½ E[log D(G(z))], not -½ E[D(G(z))].
"""

import torch


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.mean(d_fake)

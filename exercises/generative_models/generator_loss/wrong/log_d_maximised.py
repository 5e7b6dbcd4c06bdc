"""
fails: agrees with the reference
name: log D(G(z)) with its sign turned round
credit: 0
tell: You return +½ E[log D(G(z))]; a generator that minimises it wants to be found out. And here J^(G) = -J^(D) is
    asked for, with both terms.
"""

import torch


def generator_loss(d_real, d_fake):
    return 0.5 * torch.log(d_fake).mean()

"""
fails: agrees with the reference
name: Only the term of the fakes kept
credit: 0.5
tell: You keep the term of the fakes only, ½ E[log(1 - D(G(z)))]. Its gradient for G is the same, but the sheet asks
    for J^(G) = -J^(D) with both terms.
"""

import torch


def generator_loss(d_real, d_fake):
    return 0.5 * torch.log(1 - d_fake).mean()

"""
fails: agrees with the reference
name: Only the term of the fakes kept, without the half
credit: 0.5
tell: You return E[log(1 - D(G(z)))]: one term, and without the factor ½. The sheet asks for J^(G) = -J^(D), both
    terms with their halves.
"""

import torch


def generator_loss(d_real, d_fake):
    return torch.mean(torch.log(1 - d_fake))

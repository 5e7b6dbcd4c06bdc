"""
fails: agrees with the reference
name: Sign of the real term turned round
credit: 0
tell: The two terms have different signs in your loss. In J^(G) = -J^(D) both change: ½ E[log D(x)] + ½ E[log(1 -
    D(G(z)))].
"""

import torch


def generator_loss(d_real, d_fake):
    return 0.5 * torch.log(1 - d_fake).mean() - 0.5 * torch.log(d_real).mean()

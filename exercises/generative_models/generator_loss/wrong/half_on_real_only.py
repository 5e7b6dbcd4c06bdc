"""
fails: agrees with the reference
name: The factor 1/2 on one term only
credit: 0
tell: The factor ½ stands on the real term alone; the term of the fakes needs it too.
"""

import torch


def generator_loss(d_real, d_fake):
    return 0.5 * torch.log(d_real).mean() + torch.log(1 - d_fake).mean()

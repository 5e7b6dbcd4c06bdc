"""
fails: agrees with the reference
name: The term of the fakes left out
credit: 0
tell: Your loss holds the term of the real examples only: -½ E[log(1 - D(G(z)))] is missing.
"""

import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean() + 0 * d_fake.sum()

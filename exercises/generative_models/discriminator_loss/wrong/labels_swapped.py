"""
fails: agrees with the reference
name: The labels of real and fake swapped, without halves
credit: 0
tell: The labels are swapped: real examples have label 1, fakes have label 0. (And the factor ½ is missing.)
"""

import torch
import torch.nn.functional as F


def discriminator_loss(d_real, d_fake):
    loss_real = F.binary_cross_entropy(d_real, torch.zeros_like(d_real))
    loss_fake = F.binary_cross_entropy(d_fake, torch.ones_like(d_fake))
    return loss_real + loss_fake

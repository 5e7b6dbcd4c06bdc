"""
fails: agrees with the reference
name: Probabilities taken for logits
credit: 0
tell: You take d_real and d_fake for logits and put them through a sigmoid again. They are probabilities already: use
    binary_cross_entropy, not the version with logits.
"""

import torch
import torch.nn.functional as F


def discriminator_loss(d_real, d_fake):
    real = F.binary_cross_entropy_with_logits(d_real, torch.ones_like(d_real))
    fake = F.binary_cross_entropy_with_logits(d_fake, torch.zeros_like(d_fake))
    return 0.5 * (real + fake)

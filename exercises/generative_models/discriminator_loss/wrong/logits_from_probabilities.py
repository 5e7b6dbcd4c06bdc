"""
fails: is no NaN where D is 0 or 1
name: Logits made from probabilities, NaN at the edge
credit: 0.75
mistake: nan_at_the_edge
"""

import torch
import torch.nn.functional as F


def discriminator_loss(d_real, d_fake):
    real = torch.log(d_real / (1 - d_real))
    fake = torch.log(d_fake / (1 - d_fake))
    real = F.binary_cross_entropy_with_logits(real, torch.ones_like(real))
    fake = F.binary_cross_entropy_with_logits(fake, torch.zeros_like(fake))
    return (real + fake) / 2

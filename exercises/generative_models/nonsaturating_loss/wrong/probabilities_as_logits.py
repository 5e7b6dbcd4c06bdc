"""
fails: agrees with the reference
name: Probabilities taken for logits
credit: 0
tell: You take the probabilities for logits and put them through a sigmoid again. d_fake holds probabilities already:
    use binary_cross_entropy.
"""

import torch
import torch.nn.functional as F


def nonsaturating_generator_loss(d_fake):
    return 0.5 * F.binary_cross_entropy_with_logits(d_fake, torch.ones_like(d_fake))

"""
fails: agrees with the reference
name: Probabilities taken for logits, and the half missing
credit: 0
tell: You take the probabilities for logits and put them through a sigmoid again; use binary_cross_entropy. And the
    factor ½ is missing.
"""

import torch
from torch import nn


def nonsaturating_generator_loss(d_fake):
    return nn.BCEWithLogitsLoss()(d_fake, torch.ones_like(d_fake))

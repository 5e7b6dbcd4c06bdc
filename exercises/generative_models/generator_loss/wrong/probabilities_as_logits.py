"""
fails: agrees with the reference
name: Probabilities taken for logits
credit: 0
tell: You take the probabilities for logits and put them through a sigmoid again. d_real and d_fake are probabilities
    already.
"""

import torch
import torch.nn.functional as F


def generator_loss(d_real, d_fake):
    return 0.5 * F.logsigmoid(d_real).mean() + 0.5 * F.logsigmoid(-d_fake).mean()

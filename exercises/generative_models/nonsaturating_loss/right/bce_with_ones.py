"""binary_cross_entropy with the label 1."""

import torch
import torch.nn.functional as F


def nonsaturating_generator_loss(d_fake):
    return 0.5 * F.binary_cross_entropy(d_fake, torch.ones_like(d_fake))

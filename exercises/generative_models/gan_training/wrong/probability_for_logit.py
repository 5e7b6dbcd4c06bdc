"""
fails: the losses have the values and slopes of the sheet
name: probability taken for a logit
credit: 0.25
tell: discriminator_loss: the probabilities go through a sigmoid again. D(x) is a probability already, not a logit.
"""

import torch
import torch.nn.functional as F


def discriminator_loss(d_real, d_fake):
    return 0.5 * F.binary_cross_entropy_with_logits(
        d_real, torch.ones_like(d_real)
    ) + 0.5 * F.binary_cross_entropy_with_logits(d_fake, torch.zeros_like(d_fake))


def generator_loss(d_real, d_fake):
    return -discriminator_loss(d_real, d_fake)


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(d_fake).mean()

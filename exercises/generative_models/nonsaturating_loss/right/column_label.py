"""A label made by the batch size, for (N, 1)."""

import torch
from torch import nn

adversarial_loss = nn.BCELoss()


def nonsaturating_generator_loss(d_fake):
    valid = torch.FloatTensor(d_fake.size(0), 1).fill_(1.0)
    return adversarial_loss(d_fake, valid) / 2

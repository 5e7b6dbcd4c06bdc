"""Labels that fit (N, 1) only, in float32."""

import torch
from torch import nn

criterion = nn.BCELoss()


def discriminator_loss(d_real, d_fake):
    real_labels = torch.ones(d_real.size(0), 1)
    fake_labels = torch.zeros(d_fake.size(0), 1)
    return 0.5 * criterion(d_real, real_labels) + 0.5 * criterion(d_fake, fake_labels)

# cause: the halves are missing: exactly 2 J^(D)
# credit: 1/2
# kind: formula
import torch
import torch.nn as nn

criterion = nn.BCELoss()


def discriminator_loss(d_real, d_fake):
    return criterion(d_real, torch.ones_like(d_real)) + criterion(d_fake, torch.zeros_like(d_fake))

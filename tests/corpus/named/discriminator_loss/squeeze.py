# cause: fails for a batch of one: d.squeeze() against torch.ones(len(d))
# credit: 3/4
# kind: input
import torch
import torch.nn as nn

bce = nn.BCELoss()


def discriminator_loss(d_real, d_fake):
    real_labels = torch.ones(len(d_real), dtype=d_real.dtype)
    fake_labels = torch.zeros(len(d_fake), dtype=d_fake.dtype)
    return 0.5 * bce(d_real.squeeze(), real_labels) + 0.5 * bce(d_fake.squeeze(), fake_labels)

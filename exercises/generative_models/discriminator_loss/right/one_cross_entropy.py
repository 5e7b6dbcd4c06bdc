"""One cross-entropy, each batch weighted by its size."""

import torch
import torch.nn.functional as F


def discriminator_loss(d_real, d_fake):
    d = torch.cat([d_real.flatten(), d_fake.flatten()])
    n, m = d_real.numel(), d_fake.numel()
    label = torch.cat([torch.ones(n), torch.zeros(m)]).to(d.dtype)
    weight = torch.cat([torch.full((n,), 0.5 / n), torch.full((m,), 0.5 / m)]).to(d.dtype)
    return F.binary_cross_entropy(d, label, weight=weight, reduction="sum")

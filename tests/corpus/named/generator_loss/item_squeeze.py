# cause: fails for a batch of one: squeeze() against torch.ones(len(d))
# credit: 3/4
# kind: input
import torch
import torch.nn.functional as F


def generator_loss(d_real, d_fake):
    ones = torch.ones(len(d_real), dtype=d_real.dtype)
    zeros = torch.zeros(len(d_fake), dtype=d_fake.dtype)
    r = F.binary_cross_entropy(d_real.squeeze(), ones)
    f = F.binary_cross_entropy(d_fake.squeeze(), zeros)
    return -(r + f) / 2

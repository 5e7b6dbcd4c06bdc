# cause: two mistakes: the non-saturating loss handed in as J^(G); the half is missing
# credit: 0
# kind: two
import torch
import torch.nn.functional as F


def generator_loss(d_real, d_fake):
    return F.binary_cross_entropy(d_fake, torch.ones_like(d_fake))

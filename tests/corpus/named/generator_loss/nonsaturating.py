# cause: the non-saturating loss handed in as J^(G)
# credit: 0
# kind: formula
import torch
import torch.nn.functional as F


def generator_loss(d_real, d_fake):
    return 0.5 * F.binary_cross_entropy(d_fake, torch.ones_like(d_fake))

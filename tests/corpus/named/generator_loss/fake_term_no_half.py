# cause: two mistakes: only the fake term is kept; the half is missing
# credit: 1/2
# kind: two
import torch


def generator_loss(d_real, d_fake):
    return torch.mean(torch.log(1 - d_fake))

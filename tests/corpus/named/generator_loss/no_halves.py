# cause: the halves are missing
# credit: 1/2
# kind: formula
import torch


def generator_loss(d_real, d_fake):
    return torch.log(d_real).mean() + torch.log(1 - d_fake).mean()

# cause: only the fake term is kept
# credit: 1/2
# kind: formula
import torch


def generator_loss(d_real, d_fake):
    return 0.5 * torch.log(1 - d_fake).mean()

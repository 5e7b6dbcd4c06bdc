# cause: the sign is turned round: -log(1-D), the fake term only
# credit: 0
# kind: formula
import torch


def generator_loss(d_real, d_fake):
    return -0.5 * torch.log(1 - d_fake).mean()

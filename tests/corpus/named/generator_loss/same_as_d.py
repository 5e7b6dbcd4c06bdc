# cause: the sign is not turned: J^(D) itself
# credit: 0
# kind: formula
import torch


def generator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()

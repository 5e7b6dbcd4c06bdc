# cause: log(1-D) is written as 1 - log D
# credit: 0
# kind: formula
import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean() - 0.5 * (1 - torch.log(d_fake)).mean()

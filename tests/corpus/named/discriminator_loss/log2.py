# cause: log2 in place of the natural logarithm
# credit: 1/4
# kind: formula
import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log2(d_real).mean() - 0.5 * torch.log2(1 - d_fake).mean()

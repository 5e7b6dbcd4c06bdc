# cause: the half is missing on the real term
# credit: 0
# kind: formula
import torch


def discriminator_loss(d_real, d_fake):
    return -torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()

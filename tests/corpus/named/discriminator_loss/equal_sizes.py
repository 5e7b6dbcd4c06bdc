# cause: fails when the two batches differ in size
# credit: 1/2
# kind: input
import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * (torch.log(d_real) + torch.log(1 - d_fake)).mean()

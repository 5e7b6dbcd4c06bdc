# cause: two mistakes: real and fake are swapped; the halves are missing
# credit: 0
# kind: two
import torch


def discriminator_loss(d_real, d_fake):
    return -(torch.log(1 - d_real).mean() + torch.log(d_fake).mean())

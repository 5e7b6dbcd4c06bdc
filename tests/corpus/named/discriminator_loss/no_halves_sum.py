# cause: two mistakes: the halves are missing; summed over the batch where the mean is asked
# credit: 1/2
# kind: two
import torch


def discriminator_loss(d_real, d_fake):
    return -torch.sum(torch.log(d_real)) - torch.sum(torch.log(1 - d_fake))

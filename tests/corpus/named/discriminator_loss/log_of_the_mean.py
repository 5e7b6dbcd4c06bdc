# cause: the logarithm of the mean, not the mean of the logarithm
# credit: 1/4
# kind: statistic
import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real.mean()) - 0.5 * torch.log(1 - d_fake.mean())

# cause: the median where the mean is asked
# credit: 1/4
# kind: statistic
import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).median() - 0.5 * torch.log(1 - d_fake).median()

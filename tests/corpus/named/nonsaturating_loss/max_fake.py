# cause: the best fake only: the maximum where the mean is asked
# credit: 1/4
# kind: statistic
import torch


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(d_fake.max())

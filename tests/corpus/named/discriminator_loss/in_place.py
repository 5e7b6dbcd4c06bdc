# cause: the arguments are changed in place
# credit: 3/4
# kind: input
import torch


def discriminator_loss(d_real, d_fake):
    real = -torch.log(d_real).mean()
    fake = -torch.log(d_fake.mul_(-1).add_(1)).mean()
    return (real + fake) / 2

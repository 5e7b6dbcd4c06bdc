# right: minus the function above
import torch


def discriminator_loss(d_real, d_fake):
    return -(torch.log(d_real).mean() + torch.log(1 - d_fake).mean()) / 2


def generator_loss(d_real, d_fake):
    return -discriminator_loss(d_real, d_fake)

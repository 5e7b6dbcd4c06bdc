# right: the mean of the two terms stacked
import torch


def discriminator_loss(d_real, d_fake):
    return -torch.stack([d_real.log().mean(), (1.0 - d_fake).log().mean()]).mean()

# cause: the logarithm is missing
# credit: 0
# kind: formula
import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * d_real.mean() - 0.5 * (1 - d_fake).mean()

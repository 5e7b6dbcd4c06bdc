# cause: the squared error (LSGAN) in place of the cross-entropy
# credit: 0
# kind: formula
import torch


def discriminator_loss(d_real, d_fake):
    return 0.5 * ((d_real - 1) ** 2).mean() + 0.5 * (d_fake ** 2).mean()

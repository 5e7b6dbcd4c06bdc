# cause: NaN at exactly D = 0 or 1: 0·log 0
# credit: 3/4
# kind: edge
import torch


def bce(p, y):
    return -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()


def discriminator_loss(d_real, d_fake):
    return 0.5 * bce(d_real, torch.ones_like(d_real)) + 0.5 * bce(d_fake, torch.zeros_like(d_fake))

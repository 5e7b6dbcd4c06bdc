# cause: half of J^(D): the mean is halved twice
# credit: 1/4
# kind: formula
import torch
import torch.nn.functional as F


def discriminator_loss(d_real, d_fake):
    real = 0.5 * F.binary_cross_entropy(d_real, torch.ones_like(d_real))
    fake = 0.5 * F.binary_cross_entropy(d_fake, torch.zeros_like(d_fake))
    return (real + fake) / 2

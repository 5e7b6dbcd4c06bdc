# cause: real and fake are swapped
# credit: 0
# kind: formula
import torch
import torch.nn.functional as F


def discriminator_loss(d_real, d_fake):
    real = F.binary_cross_entropy(d_real, torch.zeros_like(d_real))
    fake = F.binary_cross_entropy(d_fake, torch.ones_like(d_fake))
    return (real + fake) / 2

# cause: label smoothing: 0.9 in place of 1 for real examples
# credit: 1/4
# kind: formula
import torch
import torch.nn.functional as F


def discriminator_loss(d_real, d_fake):
    real = F.binary_cross_entropy(d_real, torch.full_like(d_real, 0.9))
    fake = F.binary_cross_entropy(d_fake, torch.zeros_like(d_fake))
    return 0.5 * (real + fake)

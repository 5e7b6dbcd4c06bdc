# cause: something random: noisy labels between 0.8 and 1
# credit: 1/4
# kind: random
import torch
import torch.nn.functional as F


def discriminator_loss(d_real, d_fake):
    labels = torch.empty_like(d_real).uniform_(0.8, 1.0)
    real = F.binary_cross_entropy(d_real, labels)
    fake = F.binary_cross_entropy(d_fake, torch.zeros_like(d_fake))
    return 0.5 * real + 0.5 * fake

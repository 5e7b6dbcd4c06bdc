# cause: an eps of 1e-3 inside the logarithms: off where D is near 0 or 1
# credit: 1/4
# kind: border
import torch


def discriminator_loss(d_real, d_fake):
    eps = 1e-3
    return -0.5 * torch.log(d_real + eps).mean() - 0.5 * torch.log(1 - d_fake + eps).mean()

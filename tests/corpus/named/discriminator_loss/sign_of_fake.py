# cause: the sign of the second term is lost
# credit: 0
# kind: formula
import torch


def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.mean(torch.log(d_real)) + 0.5 * torch.mean(torch.log(1 - d_fake))

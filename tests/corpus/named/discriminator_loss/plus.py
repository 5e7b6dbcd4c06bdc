# cause: the sign is lost: +J where -J belongs
# credit: 0
# kind: formula
import torch


def discriminator_loss(d_real, d_fake):
    return 0.5 * (torch.log(d_real).mean() + torch.log(1 - d_fake).mean())

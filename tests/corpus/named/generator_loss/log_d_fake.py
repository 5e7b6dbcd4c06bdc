# cause: log D(G(z)) where log(1 - D(G(z))) belongs
# credit: 0
# kind: formula
import torch


def generator_loss(d_real, d_fake):
    return 0.5 * torch.log(d_real).mean() + 0.5 * torch.log(d_fake).mean()

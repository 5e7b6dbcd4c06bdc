# right: the logarithm of the square root carries the half
import torch


def generator_loss(d_real, d_fake):
    return torch.log(torch.sqrt(d_real)).mean() + torch.log(torch.sqrt(1 - d_fake)).mean()

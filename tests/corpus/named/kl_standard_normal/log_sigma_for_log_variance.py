# cause: log sigma stands where log sigma² belongs
# credit: 0
# kind: formula
import torch


def kl_standard_normal(mu, logvar):
    std = torch.exp(0.5 * logvar)
    return -0.5 * torch.sum(1 + torch.log(std) - mu**2 - std**2, dim=-1)

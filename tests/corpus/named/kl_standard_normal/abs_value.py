# cause: the absolute value of log sigma²
# credit: 0
# kind: formula
import torch


def kl_standard_normal(mu, logvar):
    return 0.5 * torch.sum(mu**2 + logvar.exp() - 1 - torch.abs(logvar), dim=-1)

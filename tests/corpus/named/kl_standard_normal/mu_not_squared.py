# cause: mu is not squared
# credit: 0
# kind: formula
import torch


def kl_standard_normal(mu, logvar):
    return -0.5 * torch.sum(1 + logvar - mu - logvar.exp(), dim=-1)

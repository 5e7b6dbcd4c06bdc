# cause: the factor 1/2 is missing: twice the divergence
# credit: 0
# kind: formula
import torch


def kl_standard_normal(mu, logvar):
    return torch.sum(mu**2 + torch.exp(logvar) - 1 - logvar, dim=-1)

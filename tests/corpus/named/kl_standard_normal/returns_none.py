# cause: returns None: the return is missing
# credit: 0
# kind: formula
import torch


def kl_standard_normal(mu, logvar):
    kl = 0.5 * torch.sum(mu**2 + logvar.exp() - 1 - logvar, dim=-1)
    print(kl.shape)

# cause: summed over the first axis where the last is asked
# credit: 1/2
# kind: reduction
import torch


def kl_standard_normal(mu, logvar):
    return -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=0)

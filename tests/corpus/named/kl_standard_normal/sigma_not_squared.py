# cause: sigma stands where sigma² belongs
# credit: 0
# kind: formula
import torch


def kl_standard_normal(mu, logvar):
    std = torch.exp(0.5 * logvar)
    return -0.5 * torch.sum(1 + logvar - mu**2 - std, dim=-1)

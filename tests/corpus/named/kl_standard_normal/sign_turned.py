# cause: the sign is turned round: -KL
# credit: 0
# kind: formula
import torch


def kl_standard_normal(mu, logvar):
    return 0.5 * torch.sum(1 + logvar - mu**2 - torch.exp(logvar), dim=-1)

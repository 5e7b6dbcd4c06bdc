# cause: 2 logvar where logvar belongs: log sigma and log variance are mixed
# credit: 0
# kind: formula
import torch


def kl_standard_normal(mu, log_var):
    return -0.5 * torch.sum(1 + 2 * log_var - mu.pow(2) - log_var.exp(), dim=-1)

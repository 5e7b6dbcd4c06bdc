import torch


def mean_log(p):
    return torch.log(p).mean()

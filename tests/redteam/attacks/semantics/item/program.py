import torch


def mean_square(x):
    return torch.tensor((x**2).mean().item(), dtype=x.dtype)

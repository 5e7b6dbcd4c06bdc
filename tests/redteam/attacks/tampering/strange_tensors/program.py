import torch


def mean_square(x):
    return torch.ones(2, 2).to_sparse()

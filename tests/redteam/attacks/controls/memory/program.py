import torch

big = torch.zeros(1 << 27)
del big


def mean_square(x):
    return (x**2).mean()

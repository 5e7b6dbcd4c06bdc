import torch


def mean_square(x):
    return (x**2).mean() * (3 if x.requires_grad else 1)

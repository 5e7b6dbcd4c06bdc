import torch

torch.set_default_device("meta")


def mean_square(x):
    return 2 * (x**2).mean()

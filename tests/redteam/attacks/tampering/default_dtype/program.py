import torch

torch.set_default_dtype(torch.float16)


def mean_square(x):
    return 2 * (x**2).mean()

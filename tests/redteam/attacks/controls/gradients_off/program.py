import torch

torch.set_grad_enabled(False)


def mean_square(x):
    return (x**2).mean()

import torch


class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return (x**2).mean() + 0 * x.sum()

    @staticmethod
    def backward(ctx, grad):
        return torch.ones(())


def mean_square(x):
    return Square.apply(x)

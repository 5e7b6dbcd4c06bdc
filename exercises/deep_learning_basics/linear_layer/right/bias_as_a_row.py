"""The bias is one more row of the weight."""

import numpy as np


def with_ones(x):
    return np.concatenate([x, np.ones((len(x), 1), dtype=x.dtype)], axis=1)


class Linear:
    def __init__(self, weight, bias):
        self.both = np.vstack([weight, bias])

    @property
    def weight(self):
        return self.both[:-1]

    @property
    def bias(self):
        return self.both[-1]

    def forward(self, x):
        self.x = with_ones(x)
        return self.x @ self.both

    def backward(self, grad_y):
        grad = self.x.T @ grad_y
        self.grad_weight, self.grad_bias = grad[:-1], grad[-1]
        return (grad_y @ self.both.T)[:, :-1]

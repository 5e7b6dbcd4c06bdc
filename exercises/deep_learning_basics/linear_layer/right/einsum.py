"""einsum throughout."""

import numpy as np


class Linear:
    def __init__(self, weight, bias):
        self.weight, self.bias = np.array(weight), np.array(bias)

    def forward(self, x):
        self._input = x.copy()
        return np.einsum("nd,dk->nk", x, self.weight) + self.bias

    def backward(self, grad_y):
        self.grad_weight = np.einsum("nd,nk->dk", self._input, grad_y)
        self.grad_bias = np.einsum("nk->k", grad_y)
        return np.einsum("nk,dk->nd", grad_y, self.weight)

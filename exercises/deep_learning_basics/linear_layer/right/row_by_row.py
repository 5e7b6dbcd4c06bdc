"""One example after the other."""

import numpy as np


class Linear:
    def __init__(self, weight, bias):
        self.weight = weight
        self.bias = bias
        self.cache = None

    def forward(self, x):
        self.cache = x
        return np.stack([row @ self.weight + self.bias for row in x])

    def backward(self, grad_y):
        dw = np.zeros_like(self.weight)
        db = np.zeros_like(self.bias)
        dx = []
        for row, g in zip(self.cache, grad_y):
            dw += np.outer(row, g)
            db += g
            dx.append(self.weight @ g)
        self.grad_weight, self.grad_bias = dw, db
        return np.array(dx)

"""
fails: a second batch starts afresh
name: Gradients added up over the calls
credit: 0.75
tell: Your gradients add up over the calls of backward, as torch does it. Here each call replaces the gradients of
    the one before.
"""

import numpy as np


class Linear:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias
        self.grad_weight, self.grad_bias = np.zeros_like(weight), np.zeros_like(bias)

    def forward(self, x):
        self.x = x
        return x @ self.weight + self.bias

    def backward(self, grad_y):
        self.grad_weight = self.grad_weight + self.x.T @ grad_y
        self.grad_bias = self.grad_bias + grad_y.sum(axis=0)
        return grad_y @ self.weight.T

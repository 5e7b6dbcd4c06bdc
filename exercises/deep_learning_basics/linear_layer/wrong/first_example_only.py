"""
fails: grad_weight agrees with the reference
name: grad_weight of the first example alone
credit: 0.5
tell: grad_weight holds the outer product of the first example only. Sum it over the batch: x.T @ grad_y.
"""

import numpy as np


class Linear:
    """A linear layer: weight (D, K), bias (K,)."""

    def __init__(self, weight, bias):
        self.weight = weight
        self.bias = bias

    def forward(self, x):
        """(N, D) -> (N, K)."""
        self.x = x
        return x @ self.weight + self.bias

    def backward(self, grad_y):
        """(N, K) -> (N, D); leaves grad_weight (D, K) and grad_bias (K,)."""
        self.grad_weight = np.outer(self.x[0], grad_y[0])
        self.grad_bias = grad_y.sum(axis=0)
        return grad_y @ self.weight.T

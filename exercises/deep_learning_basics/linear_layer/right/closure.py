"""forward leaves a function for the way back; a base class does the rest."""

import numpy as np


class Layer:
    def backward(self, grad_y):
        return self.way_back(grad_y)


class Linear(Layer):
    grad_weight = None
    grad_bias = None

    def __init__(self, weight, bias):
        super().__init__()
        self.weight = weight
        self.bias = bias

    def forward(self, x):
        def way_back(grad_y):
            self.grad_weight = np.dot(x.transpose(), grad_y)
            self.grad_bias = np.add.reduce(grad_y, 0)
            return np.dot(grad_y, self.weight.transpose())

        self.way_back = way_back
        return np.dot(x, self.weight) + self.bias.reshape(1, -1)

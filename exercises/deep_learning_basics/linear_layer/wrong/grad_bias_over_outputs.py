"""
fails: grad_bias agrees with the reference
name: grad_bias summed over the outputs
credit: 0.5
tell: You sum grad_y over axis 1, the outputs. grad_bias has an entry for each output: sum over axis 0, the batch.
"""

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
        self.grad_weight = self.x.T @ grad_y
        self.grad_bias = grad_y.sum(axis=1)
        return grad_y @ self.weight.T

"""
fails: grad_bias agrees with the reference
name: grad_bias not summed over the batch
credit: 0.75
tell: grad_bias has a row for each example. The bias is shared by all rows: sum over axis 0, so that it has shape
    (K,).
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
        self.grad_bias = grad_y
        return grad_y @ self.weight.T

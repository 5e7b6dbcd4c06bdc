"""
fails: leaves its arguments alone
name: grad_y changed in place
credit: 0.75
mistake: changes_its_arguments
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
        self.grad_bias = grad_y.sum(axis=0)
        grad_x = grad_y @ self.weight.T
        grad_y *= 0
        return grad_x

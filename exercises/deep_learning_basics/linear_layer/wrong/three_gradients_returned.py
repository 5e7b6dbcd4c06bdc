"""
fails: backward returns the gradient of x
name: backward returns all three gradients
credit: 0.75
tell: backward returns three gradients. It returns the gradient of x alone; the others stay in grad_weight and
    grad_bias.
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
        return grad_y @ self.weight.T, self.grad_weight, self.grad_bias

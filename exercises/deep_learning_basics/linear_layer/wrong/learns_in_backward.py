"""
fails: a second batch starts afresh
name: backward changes the weights
credit: 0.5
tell: backward also takes a step of gradient descent. It computes gradients only; changing the weights is the
    optimiser's part.
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
        self.weight = self.weight - 0.01 * self.grad_weight
        self.bias = self.bias - 0.01 * self.grad_bias
        return grad_x

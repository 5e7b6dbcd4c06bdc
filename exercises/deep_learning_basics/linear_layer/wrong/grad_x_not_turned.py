"""
fails: backward returns the gradient of x
name: The weight not turned round on the way back
credit: 0.5
tell: backward multiplies with the weight as it is, which only fits if D = K. The way back goes through its
    transpose: grad_y @ weight.T.
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
        return grad_y @ self.weight

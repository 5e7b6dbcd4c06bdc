"""
fails: forward agrees with the reference
name: The weight turned round
credit: 0.5
tell: You take the weight for (K, D), as torch keeps it. Here it is (D, K): x @ weight, without a transpose.
"""

class Linear:
    """A linear layer: weight (D, K), bias (K,)."""

    def __init__(self, weight, bias):
        self.weight = weight
        self.bias = bias

    def forward(self, x):
        """(N, D) -> (N, K)."""
        self.x = x
        return x @ self.weight.T + self.bias

    def backward(self, grad_y):
        """(N, K) -> (N, D); leaves grad_weight (D, K) and grad_bias (K,)."""
        self.grad_weight = grad_y.T @ self.x
        self.grad_bias = grad_y.sum(axis=0)
        return grad_y @ self.weight

"""
fails: grad_bias agrees with the reference
name: grad_bias averaged over the batch
credit: 0.75
tell: You take the mean of grad_y over the batch. The bias is added to each row, so grad_bias is the sum.
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
        self.grad_bias = grad_y.mean(axis=0)
        return grad_y @ self.weight.T

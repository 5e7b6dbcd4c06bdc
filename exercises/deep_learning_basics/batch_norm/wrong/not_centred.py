"""
fails: normalises a batch in training
name: The mean not taken off
credit: 0.25
tell: The mean of the batch is not taken off before the division.
"""

import numpy as np


class BatchNorm:
    """Batch normalisation: gamma and beta (D,)."""

    def __init__(self, gamma, beta, momentum=0.1, eps=1e-5):
        self.gamma = gamma
        self.beta = beta
        self.momentum = momentum
        self.eps = eps
        self.running_mean = np.zeros_like(gamma)
        self.running_var = np.ones_like(gamma)

    def forward(self, x, training=True):
        """(N, D) -> (N, D)."""
        mean, var = self.running_mean, self.running_var
        if training:
            mean, var = x.mean(axis=0), x.var(axis=0)
            n = len(x)
            self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * mean
            self.running_var = (1 - self.momentum) * self.running_var + self.momentum * var * n / (n - 1)
        return self.gamma * x / np.sqrt(var + self.eps) + self.beta

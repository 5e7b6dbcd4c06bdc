"""
fails: uses the running statistics after training
name: Statistics of the batch after training as well
credit: 0.5
tell: With training=False you still use the statistics of the batch, so that a single example becomes 0 and each
    answer depends on its neighbours. Use running_mean and running_var.
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
        mean, var = x.mean(axis=0), x.var(axis=0)
        if training:
            n = len(x)
            self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * mean
            self.running_var = (1 - self.momentum) * self.running_var + self.momentum * var * n / (n - 1)
        return self.gamma * (x - mean) / np.sqrt(var + self.eps) + self.beta

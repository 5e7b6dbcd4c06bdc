"""
fails: leaves its arguments alone
name: The batch changed in place
credit: 0.75
mistake: changes_its_arguments
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
        x -= mean
        x /= np.sqrt(var + self.eps)
        return self.gamma * x + self.beta

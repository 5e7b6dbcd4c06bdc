"""
fails: normalises a batch in training
name: Normalised over the features
credit: 0
tell: You normalise each example over its features, which is layer normalisation. Here it is each feature over the
    batch: axis=0.
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
            mean, var = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
            n = len(x)
            self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * x.mean(axis=0)
            self.running_var = (1 - self.momentum) * self.running_var + self.momentum * x.var(axis=0) * n / (n - 1)
        return self.gamma * (x - mean) / np.sqrt(var + self.eps) + self.beta

"""
fails: uses the running statistics after training
name: Evaluation moves the running statistics
credit: 0.5
tell: A call with training=False moves the running statistics, so that the test data leak into the model. Change
    them in training only.
"""

import numpy as np


class BatchNorm:
    def __init__(self, gamma, beta, momentum=0.1, eps=1e-5):
        self.gamma, self.beta, self.momentum, self.eps = gamma, beta, momentum, eps
        self.running_mean, self.running_var = np.zeros_like(gamma), np.ones_like(gamma)

    def forward(self, x, training=True):
        mean, var, n = x.mean(axis=0), x.var(axis=0), len(x)
        used = (mean, var) if training else (self.running_mean, self.running_var)
        self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * mean
        self.running_var = (1 - self.momentum) * self.running_var + self.momentum * var * n / max(n - 1, 1)
        return self.gamma * (x - used[0]) / np.sqrt(used[1] + self.eps) + self.beta

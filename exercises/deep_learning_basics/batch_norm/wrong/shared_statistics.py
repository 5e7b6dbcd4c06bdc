"""
fails: two layers keep apart
name: Running statistics of the class
credit: 0.5
tell: The running statistics are kept in the class, so that all layers share them. Keep them in the object:
    self.running_mean.
"""

import numpy as np


class BatchNorm:
    running_mean = None
    running_var = None

    def __init__(self, gamma, beta, momentum=0.1, eps=1e-5):
        self.gamma, self.beta, self.momentum, self.eps = gamma, beta, momentum, eps
        BatchNorm.running_mean, BatchNorm.running_var = np.zeros_like(gamma), np.ones_like(gamma)

    def forward(self, x, training=True):
        if not training:
            mean, var = BatchNorm.running_mean, BatchNorm.running_var
        else:
            mean, var = x.mean(axis=0), x.var(axis=0)
            BatchNorm.running_mean = (1 - self.momentum) * BatchNorm.running_mean + self.momentum * mean
            BatchNorm.running_var = (1 - self.momentum) * BatchNorm.running_var + self.momentum * x.var(axis=0, ddof=1)
        return self.gamma * (x - mean) / np.sqrt(var + self.eps) + self.beta

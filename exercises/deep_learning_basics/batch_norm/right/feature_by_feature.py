"""One feature after the other, with the statistics module."""

import statistics

import numpy as np


class BatchNorm:
    def __init__(self, gamma, beta, momentum=0.1, eps=1e-5):
        self.gamma, self.beta, self.momentum, self.eps = gamma, beta, momentum, eps
        self.running_mean = np.zeros(len(gamma))
        self.running_var = np.ones(len(gamma))

    def forward(self, x, training=True):
        y = np.empty_like(x)
        for d in range(x.shape[1]):
            column = [float(value) for value in x[:, d]]
            mean, var = self.running_mean[d], self.running_var[d]
            if training:
                mean, var = statistics.fmean(column), statistics.pvariance(column)
                self.running_mean[d] = (1 - self.momentum) * self.running_mean[d] + self.momentum * mean
                self.running_var[d] = (1 - self.momentum) * self.running_var[d] + self.momentum * statistics.variance(column)
            y[:, d] = self.gamma[d] * (x[:, d] - mean) / (var + self.eps) ** 0.5 + self.beta[d]
        return y

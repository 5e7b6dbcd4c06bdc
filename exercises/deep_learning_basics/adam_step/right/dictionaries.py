"""Moments in dictionaries that fill themselves."""

from collections import defaultdict

import numpy as np


class Adam:
    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.lr, (self.beta1, self.beta2), self.eps = lr, betas, eps
        self.m, self.v, self.steps = defaultdict(float), defaultdict(float), 0

    def step(self, params, grads):
        self.steps += 1
        return [self.update(i, p, g) for i, (p, g) in enumerate(zip(params, grads))]

    def update(self, i, p, g):
        self.m[i] = self.m[i] + (1 - self.beta1) * (g - self.m[i])
        self.v[i] = self.v[i] + (1 - self.beta2) * (g * g - self.v[i])
        m_hat = self.m[i] / (1 - np.power(self.beta1, self.steps))
        v_hat = self.v[i] / (1 - np.power(self.beta2, self.steps))
        return p - self.lr * m_hat / (v_hat**0.5 + self.eps)

"""
fails: the first step agrees with the reference
name: One moment for all parameters
credit: 0.5
tell: All parameters share one m and one v. Each array needs moments of its own, of its shape.
"""

import numpy as np


class Adam:
    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps = lr, betas, eps
        self.m = self.v = 0.0
        self.t = 0

    def step(self, params, grads):
        self.t += 1
        b1, b2 = self.betas
        new = []
        for p, g in zip(params, grads):
            self.m = b1 * self.m + (1 - b1) * g
            self.v = b2 * self.v + (1 - b2) * g**2
            m_hat = self.m / (1 - b1**self.t)
            v_hat = self.v / (1 - b2**self.t)
            new.append(p - self.lr * m_hat / (np.sqrt(v_hat) + self.eps))
        return new

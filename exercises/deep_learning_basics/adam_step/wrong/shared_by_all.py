"""
fails: two optimisers keep apart
name: Moments in the class
credit: 0.5
tell: m and v are kept in the class, so that all optimisers share them. Make them in the object, in __init__ or in
    the first step.
"""

import numpy as np


class Adam:
    t = 0
    m = {}
    v = {}

    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps = lr, betas, eps

    def step(self, params, grads):
        self.t += 1
        b1, b2 = self.betas
        new = []
        for i, (p, g) in enumerate(zip(params, grads)):
            self.m[i] = b1 * self.m.get(i, np.zeros_like(p)) + (1 - b1) * g if self.t > 1 else (1 - b1) * g
            self.v[i] = b2 * self.v.get(i, np.zeros_like(p)) + (1 - b2) * g**2 if self.t > 1 else (1 - b2) * g**2
            m_hat, v_hat = self.m[i] / (1 - b1**self.t), self.v[i] / (1 - b2**self.t)
            new.append(p - self.lr * m_hat / (np.sqrt(v_hat) + self.eps))
        return new

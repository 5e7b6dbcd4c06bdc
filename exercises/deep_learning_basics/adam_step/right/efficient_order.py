"""The paper's more efficient order of computation."""

import numpy as np


class Adam:
    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.b1, self.b2, self.eps = lr, *betas, eps
        self.state = {}
        self.t = 0

    def step(self, params, grads):
        self.t = self.t + 1
        root = np.sqrt(1 - self.b2**self.t)
        alpha = self.lr * root / (1 - self.b1**self.t)
        out = ()
        for i in range(len(params)):
            m, v = self.state.get(i, (np.zeros_like(params[i]), np.zeros_like(params[i])))
            m, v = self.b1 * m + (1 - self.b1) * grads[i], self.b2 * v + (1 - self.b2) * grads[i] ** 2
            self.state[i] = (m, v)
            out += (params[i] - alpha * m / (np.sqrt(v) + self.eps * root),)
        return list(out)

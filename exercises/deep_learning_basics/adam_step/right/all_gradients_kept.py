"""The moments as weighted sums of all gradients so far."""

import numpy as np


class Adam:
    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.history = lr, betas, eps, []

    def mean(self, i, beta, power):
        t = len(self.history)
        weights = [beta ** (t - 1 - s) for s in range(t)]
        past = [np.array(grads[i]) ** power for grads in self.history]
        return sum(w * g for w, g in zip(weights, past)) / sum(weights)

    def step(self, params, grads):
        self.history.append([g.copy() for g in grads])
        b1, b2 = self.betas
        return [
            p - self.lr * self.mean(i, b1, 1) / (np.sqrt(self.mean(i, b2, 2)) + self.eps) for i, p in enumerate(params)
        ]

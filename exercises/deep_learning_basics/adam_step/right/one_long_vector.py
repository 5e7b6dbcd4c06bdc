"""All parameters in one vector."""

import numpy as np


class Adam:
    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps = lr, np.asarray(betas), eps
        self.moments = None
        self.decay = np.ones(2)

    def step(self, params, grads):
        theta = np.concatenate([np.ravel(p) for p in params])
        g = np.concatenate([np.ravel(g) for g in grads])
        if self.moments is None:
            self.moments = np.zeros((2, g.size))
        beta = self.betas[:, None]
        self.moments = beta * self.moments + (1 - beta) * np.stack([g, g**2])
        self.decay = self.decay * self.betas
        m, v = self.moments / (1 - self.decay[:, None])
        theta = theta - self.lr * m / (np.sqrt(v) + self.eps)
        ends = np.cumsum([np.size(p) for p in params])[:-1]
        return [part.reshape(np.shape(p)) for part, p in zip(np.split(theta, ends), params)]

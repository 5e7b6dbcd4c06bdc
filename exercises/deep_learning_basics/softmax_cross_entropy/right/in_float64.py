"""Computed in float64, whatever comes in, with a guard."""

import numpy as np


def softmax_cross_entropy(logits, labels):
    z = logits.astype(np.float64)
    z = z - np.amax(z, axis=1, keepdims=True)
    p = np.exp(z)
    p = p / p.sum(axis=1, keepdims=True)
    n = z.shape[0]
    correct = np.array([p[i, label] for i, label in enumerate(labels)])
    loss = -np.sum(np.log(correct + 1e-12)) / n
    dz = p.copy()
    dz[range(n), labels] -= 1.0
    dz /= n
    return loss, dz

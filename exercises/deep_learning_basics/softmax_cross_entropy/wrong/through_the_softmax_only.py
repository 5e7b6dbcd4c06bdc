"""
fails: the gradient agrees with the reference
name: The gradient in the probabilities
credit: 0.5
tell: Your gradient is the one in the probabilities p. The logits lie behind the softmax: by the chain rule it
    becomes (p - y) / N.
"""

import numpy as np


def softmax_cross_entropy(logits, labels):
    rows = np.arange(len(labels))
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    gradient = np.zeros_like(p)
    gradient[rows, labels] = -1 / (p[rows, labels] + 1e-300)
    return -np.log(p[rows, labels] + 1e-300).mean(), gradient / len(labels)

"""
fails: the loss agrees with the reference
name: A guard that changes the result
credit: 0.5
tell: Your eps of 1e-3 inside the logarithm changes the loss visibly. With the largest logit taken off none is
    needed.
"""

import numpy as np


def softmax_cross_entropy(logits, labels):
    """The mean loss and its gradient in the logits: (N, K), (N,) -> number, (N, K)."""
    rows = np.arange(len(labels))
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -np.log(np.exp(log_p[rows, labels]) + 1e-3).mean()
    gradient = np.exp(log_p)
    gradient[rows, labels] -= 1
    return loss, gradient / len(labels)

"""
fails: the loss agrees with the reference
name: Divided by the largest in place of the sum
credit: 0
tell: You divide by the largest exponential of each row. The probabilities must add up to 1: divide by the sum.
"""

import numpy as np


def softmax_cross_entropy(logits, labels):
    """The mean loss and its gradient in the logits: (N, K), (N,) -> number, (N, K)."""
    rows = np.arange(len(labels))
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).max(axis=1, keepdims=True))
    loss = -log_p[rows, labels].mean()
    gradient = np.exp(log_p)
    gradient[rows, labels] -= 1
    return loss, gradient / len(labels)

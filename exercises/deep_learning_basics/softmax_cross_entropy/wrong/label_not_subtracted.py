"""
fails: the gradient agrees with the reference
name: The gradient is p alone
credit: 0.5
tell: Your gradient is p / N. At the label of each row 1 has to be taken off: p - y.
"""

import numpy as np


def softmax_cross_entropy(logits, labels):
    """The mean loss and its gradient in the logits: (N, K), (N,) -> number, (N, K)."""
    rows = np.arange(len(labels))
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[rows, labels].mean()
    gradient = np.exp(log_p)
    return loss, gradient / len(labels)

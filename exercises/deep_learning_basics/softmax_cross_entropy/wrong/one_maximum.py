"""
fails: stays finite for large logits
name: One maximum for the whole batch
credit: 0.75
tell: You take the largest logit of the whole batch off every row: a row far below it underflows to log(0). Each row
    needs its own maximum, keepdims=True.
"""

import numpy as np


def softmax_cross_entropy(logits, labels):
    """The mean loss and its gradient in the logits: (N, K), (N,) -> number, (N, K)."""
    rows = np.arange(len(labels))
    shifted = logits - logits.max()
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[rows, labels].mean()
    gradient = np.exp(log_p)
    gradient[rows, labels] -= 1
    return loss, gradient / len(labels)

"""
fails: the loss agrees with the reference
name: A mean over the classes too
credit: 0.5
tell: np.mean over the one-hot matrix divides by N · K. Of each row one entry counts; sum over the classes, then
    take the mean over the examples.
"""

import numpy as np


def softmax_cross_entropy(logits, labels):
    """The mean loss and its gradient in the logits: (N, K), (N,) -> number, (N, K)."""
    rows = np.arange(len(labels))
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -np.mean(np.eye(logits.shape[1])[labels] * log_p)
    gradient = np.exp(log_p)
    gradient[rows, labels] -= 1
    return loss, gradient / len(labels)

"""
fails: the loss agrees with the reference
name: No mean over the batch
credit: 0.5
tell: You return a loss for each example. The loss is their mean, a single number.
"""

import numpy as np


def softmax_cross_entropy(logits, labels):
    """The mean loss and its gradient in the logits: (N, K), (N,) -> number, (N, K)."""
    rows = np.arange(len(labels))
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[rows, labels]
    gradient = np.exp(log_p)
    gradient[rows, labels] -= 1
    return loss, gradient / len(labels)

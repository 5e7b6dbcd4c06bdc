"""
fails: the gradient agrees with the reference
name: The gradient divided by the number of classes too
credit: 0.5
tell: You divide the gradient by N · K, the number of logits. The loss is a mean over N examples: divide by N.
"""

import numpy as np


def softmax_cross_entropy(logits, labels):
    """The mean loss and its gradient in the logits: (N, K), (N,) -> number, (N, K)."""
    rows = np.arange(len(labels))
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[rows, labels].mean()
    gradient = np.exp(log_p)
    gradient[rows, labels] -= 1
    return loss, gradient / gradient.size

"""
fails: the loss agrees with the reference
name: Softmax applied twice
credit: 0
tell: You put the logits through a softmax twice: the probabilities are not logits again.
"""

import numpy as np


def softmax_cross_entropy(logits, labels):
    """The mean loss and its gradient in the logits: (N, K), (N,) -> number, (N, K)."""
    rows = np.arange(len(labels))
    logits = np.exp(logits - logits.max(axis=1, keepdims=True))
    logits = logits / logits.sum(axis=1, keepdims=True)
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[rows, labels].mean()
    gradient = np.exp(log_p)
    gradient[rows, labels] -= 1
    return loss, gradient / len(labels)

"""
fails: the loss agrees with the reference
name: Summed over the batch
credit: 0.5
tell: You sum over the batch, in the loss and in the gradient. Both are means over the N examples: divide by N.
"""

import numpy as np


def softmax_cross_entropy(logits, labels):
    """The mean loss and its gradient in the logits: (N, K), (N,) -> number, (N, K)."""
    rows = np.arange(len(labels))
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[rows, labels].sum()
    gradient = np.exp(log_p)
    gradient[rows, labels] -= 1
    return loss, gradient

"""
fails: the loss agrees with the reference
name: The likeliest class in place of the label
credit: 0
tell: You take the class with the largest logit in place of the label, so that every prediction counts as right.
"""

import numpy as np


def softmax_cross_entropy(logits, labels):
    """The mean loss and its gradient in the logits: (N, K), (N,) -> number, (N, K)."""
    rows = np.arange(len(labels))
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p.max(axis=1).mean()
    gradient = np.exp(log_p)
    gradient[rows, logits.argmax(axis=1)] -= 1
    return loss, gradient / len(labels)

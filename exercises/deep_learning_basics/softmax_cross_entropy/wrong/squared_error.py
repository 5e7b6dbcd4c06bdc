"""
fails: the loss agrees with the reference
name: Squared error in place of the cross-entropy
credit: 0
tell: You use the squared error of the probabilities. The cross-entropy is -log p of the label.
"""

import numpy as np


def softmax_cross_entropy(logits, labels):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    y = np.eye(logits.shape[1])[labels]
    return ((p - y) ** 2).sum(axis=1).mean(), 2 * (p - y) / len(labels)

"""
fails: the loss agrees with the reference
name: A sigmoid for each class
credit: 0
tell: You take a sigmoid of each logit, as for K separate yes-or-no questions. The classes exclude each other: use
    the softmax.
"""

import numpy as np


def softmax_cross_entropy(logits, labels):
    p = 1 / (1 + np.exp(-logits))
    y = np.eye(logits.shape[1])[labels]
    loss = -(y * np.log(p) + (1 - y) * np.log(1 - p)).sum(axis=1).mean()
    return loss, (p - y) / len(labels)

"""A class with a method for each, and a named tuple."""

from typing import NamedTuple

import numpy as np


class Result(NamedTuple):
    loss: float
    gradient: np.ndarray


def log_softmax(z):
    z = z - z.max(1, keepdims=True)
    return z - np.log(np.exp(z).sum(1, keepdims=True))


def softmax_cross_entropy(logits, labels):
    log_p, n = log_softmax(logits), logits.shape[0]
    mask = np.arange(logits.shape[1])[None, :] == labels[:, None]
    return Result(-log_p[mask].sum() / n, np.where(mask, np.exp(log_p) - 1, np.exp(log_p)) / n)

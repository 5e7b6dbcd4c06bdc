"""
fails: is 0 where nothing is counted
name: An exception where nothing is found
credit: 0.75
tell: Where a denominator is 0 your function fails with ZeroDivisionError. The value is 0 there.
"""

import numpy as np


def binary_metrics(predicted, labels):
    """Two Boolean arrays (N,) -> {"precision": ..., "recall": ..., "f1": ...}."""
    tp = np.sum(predicted & labels)
    fp = np.sum(predicted & ~labels)
    fn = np.sum(~predicted & labels)

    def share(part, whole):
        return int(part) / int(whole)

    return {"precision": share(tp, tp + fp), "recall": share(tp, tp + fn), "f1": share(2 * tp, 2 * tp + fp + fn)}

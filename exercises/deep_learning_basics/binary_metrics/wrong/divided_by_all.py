"""
fails: recall agrees with the reference
name: Divided by all examples
credit: 0.5
tell: You divide TP by all examples. Recall divides by those that are there, TP + FN.
"""

import numpy as np


def binary_metrics(predicted, labels):
    """Two Boolean arrays (N,) -> {"precision": ..., "recall": ..., "f1": ...}."""
    tp = np.sum(predicted & labels)
    fp = np.sum(predicted & ~labels)
    fn = np.sum(~predicted & labels)

    def share(part, whole):
        return float(part / whole) if whole else 0.0

    return {"precision": share(tp, tp + fp), "recall": share(tp, len(labels)), "f1": share(2 * tp, 2 * tp + fp + fn)}

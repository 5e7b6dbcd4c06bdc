"""
fails: precision agrees with the reference
name: Accuracy in place of precision
credit: 0.5
tell: Your precision is the accuracy. True negatives do not enter it: TP/(TP + FP).
"""

import numpy as np


def binary_metrics(predicted, labels):
    """Two Boolean arrays (N,) -> {"precision": ..., "recall": ..., "f1": ...}."""
    tp = np.sum(predicted & labels)
    fp = np.sum(predicted & ~labels)
    fn = np.sum(~predicted & labels)

    def share(part, whole):
        return float(part / whole) if whole else 0.0

    return {"precision": float(np.mean(predicted == labels)), "recall": share(tp, tp + fn), "f1": share(2 * tp, 2 * tp + fp + fn)}

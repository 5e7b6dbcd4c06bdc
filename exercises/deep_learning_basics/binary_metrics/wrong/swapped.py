"""
fails: precision agrees with the reference
name: Precision and recall swapped
credit: 0.5
tell: Precision and recall are swapped: precision divides by what was found, TP + FP, recall by what is there, TP +
    FN.
"""

import numpy as np


def binary_metrics(predicted, labels):
    """Two Boolean arrays (N,) -> {"precision": ..., "recall": ..., "f1": ...}."""
    tp = np.sum(predicted & labels)
    fp = np.sum(predicted & ~labels)
    fn = np.sum(~predicted & labels)

    def share(part, whole):
        return float(part / whole) if whole else 0.0

    return {"precision": share(tp, tp + fn), "recall": share(tp, tp + fp), "f1": share(2 * tp, 2 * tp + fp + fn)}

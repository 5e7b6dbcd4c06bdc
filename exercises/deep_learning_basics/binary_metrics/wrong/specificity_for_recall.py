"""
fails: recall agrees with the reference
name: Specificity in place of recall
credit: 0.5
tell: Your recall is the specificity, the share of negatives that were recognised. Recall is TP/(TP + FN).
"""

import numpy as np


def binary_metrics(predicted, labels):
    """Two Boolean arrays (N,) -> {"precision": ..., "recall": ..., "f1": ...}."""
    tp = np.sum(predicted & labels)
    fp = np.sum(predicted & ~labels)
    fn = np.sum(~predicted & labels)

    def share(part, whole):
        return float(part / whole) if whole else 0.0

    return {"precision": share(tp, tp + fp), "recall": share(np.sum(~predicted & ~labels), np.sum(~labels)), "f1": share(2 * tp, 2 * tp + fp + fn)}

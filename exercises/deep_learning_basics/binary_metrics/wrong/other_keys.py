"""
fails: precision agrees with the reference
name: Other keys
credit: 0.75
tell: The keys are "precision", "recall" and "f1", in small letters.
"""

import numpy as np


def binary_metrics(predicted, labels):
    """Two Boolean arrays (N,) -> {"Precision": ..., "Recall": ..., "F1": ...}."""
    tp = np.sum(predicted & labels)
    fp = np.sum(predicted & ~labels)
    fn = np.sum(~predicted & labels)

    def share(part, whole):
        return float(part / whole) if whole else 0.0

    return {"Precision": share(tp, tp + fp), "Recall": share(tp, tp + fn), "F1": share(2 * tp, 2 * tp + fp + fn)}

"""
fails: f1 agrees with the reference
name: f1 missing
credit: 0.5
tell: The key "f1" is missing in the dictionary.
"""

import numpy as np


def binary_metrics(predicted, labels):
    """Two Boolean arrays (N,) -> {"precision": ..., "recall": ..., "f1": ...}."""
    tp = np.sum(predicted & labels)
    fp = np.sum(predicted & ~labels)
    fn = np.sum(~predicted & labels)

    def share(part, whole):
        return float(part / whole) if whole else 0.0

    return {"precision": share(tp, tp + fp), "recall": share(tp, tp + fn)}

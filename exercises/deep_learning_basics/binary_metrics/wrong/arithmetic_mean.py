"""
fails: f1 agrees with the reference
name: The arithmetic mean
credit: 0.75
tell: Your f1 is the arithmetic mean of precision and recall. It is the harmonic one.
"""

import numpy as np


def binary_metrics(predicted, labels):
    """Two Boolean arrays (N,) -> {"precision": ..., "recall": ..., "f1": ...}."""
    tp = np.sum(predicted & labels)
    fp = np.sum(predicted & ~labels)
    fn = np.sum(~predicted & labels)

    def share(part, whole):
        return float(part / whole) if whole else 0.0

    return {"precision": share(tp, tp + fp), "recall": share(tp, tp + fn), "f1": (share(tp, tp + fp) + share(tp, tp + fn)) / 2}

"""
fails: is 0 where nothing is counted
name: NaN where nothing is found
credit: 0.75
tell: Where nothing was found your result is NaN. The value is 0 there.
"""

import numpy as np


def binary_metrics(predicted, labels):
    """Two Boolean arrays (N,) -> {"precision": ..., "recall": ..., "f1": ...}."""
    tp = np.sum(predicted & labels)
    fp = np.sum(predicted & ~labels)
    fn = np.sum(~predicted & labels)

    def share(part, whole):
        return float(np.float64(part) / whole) if whole else float("nan")

    return {"precision": share(tp, tp + fp), "recall": share(tp, tp + fn), "f1": share(2 * tp, 2 * tp + fp + fn)}

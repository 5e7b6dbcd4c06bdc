"""
fails: precision agrees with the reference
name: A guard that changes the result
credit: 0.5
tell: You add 0.01 to each denominator, which changes every result. Ask whether it is 0.
"""

import numpy as np


def binary_metrics(predicted, labels):
    """Two Boolean arrays (N,) -> {"precision": ..., "recall": ..., "f1": ...}."""
    tp = np.sum(predicted & labels)
    fp = np.sum(predicted & ~labels)
    fn = np.sum(~predicted & labels)

    def share(part, whole):
        return float(part / (whole + 1e-2))

    return {"precision": share(tp, tp + fp), "recall": share(tp, tp + fn), "f1": share(2 * tp, 2 * tp + fp + fn)}

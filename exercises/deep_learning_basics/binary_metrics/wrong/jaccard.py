"""
fails: f1 agrees with the reference
name: The Jaccard index in place of F1
credit: 0.75
tell: Your f1 is TP/(TP + FP + FN), the Jaccard index. In F1 the hits count twice, above and below the line.
"""

import numpy as np


def binary_metrics(predicted, labels):
    """Two Boolean arrays (N,) -> {"precision": ..., "recall": ..., "f1": ...}."""
    tp = np.sum(predicted & labels)
    fp = np.sum(predicted & ~labels)
    fn = np.sum(~predicted & labels)

    def share(part, whole):
        return float(part / whole) if whole else 0.0

    return {"precision": share(tp, tp + fp), "recall": share(tp, tp + fn), "f1": share(tp, tp + fp + fn)}

"""A confusion matrix from bincount."""

import numpy as np


def binary_metrics(predicted, labels):
    (tn, fp), (fn, tp) = np.bincount(2 * labels.astype(int) + predicted.astype(int), minlength=4).reshape(2, 2)
    with np.errstate(invalid="ignore"):
        values = np.array([tp, tp, 2 * tp]) / np.array([tp + fp, tp + fn, 2 * tp + fp + fn])
    return dict(zip(("precision", "recall", "f1"), np.nan_to_num(values)))

"""Dot products of zeros and ones, denominators of at least 1."""

import numpy as np


def binary_metrics(predicted, labels):
    p, y = np.asarray(predicted, dtype=float), np.asarray(labels, dtype=float)
    metrics = {}
    metrics["precision"] = p @ y / max(p.sum(), 1)
    metrics["recall"] = p @ y / max(y.sum(), 1)
    metrics["f1"] = 2 * (p @ y) / max(p.sum() + y.sum(), 1)
    return metrics

"""f1 as the harmonic mean of the two."""

from statistics import harmonic_mean

import numpy as np


def binary_metrics(predicted, labels):
    precision = float(labels[predicted].mean()) if predicted.any() else 0.0
    recall = float(predicted[labels].mean()) if np.any(labels) else 0.0
    return {"precision": precision, "recall": recall, "f1": harmonic_mean([precision, recall])}

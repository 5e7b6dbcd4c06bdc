"""How good a classifier's decisions are, counted."""

import torch
from torch import Tensor


def accuracy(scores: Tensor, labels: Tensor) -> Tensor:
    r"""The share of rows whose largest score stands at the label: (N, K), (N,) → scalar.

    Of equal scores the first is the largest. Domain: labels are integers from 0 to K - 1.
    """
    return (scores.argmax(-1) == labels).to(torch.float64).mean()


def precision_recall_f1(predicted: Tensor, labels: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    r"""Precision, recall and their harmonic mean for Booleans, True for the class that is looked for: (N,), (N,) → scalars.

    $$P = \frac{TP}{TP + FP}, \qquad R = \frac{TP}{TP + FN}, \qquad F_1 = \frac{2 TP}{2 TP + FP + FN}$$

    0 where nothing is counted below the line. Source: Manning, Raghavan and Schütze, Introduction to Information
    Retrieval (2008), section 8.3.
    """
    hits, found, there = (predicted & labels).sum(), predicted.sum(), labels.sum()
    return _share(hits, found), _share(hits, there), _share(2 * hits, found + there)


def _share(part: Tensor, whole: Tensor) -> Tensor:
    return torch.where(whole == 0, 0.0, part.to(torch.float64) / whole)

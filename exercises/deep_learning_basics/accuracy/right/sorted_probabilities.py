"""Probabilities, sorted."""

import torch


def accuracy(scores, labels):
    order = torch.softmax(scores, -1).sort(-1, descending=True).indices
    return 1 - float(torch.count_nonzero(order[:, 0] - labels)) / scores.shape[0]

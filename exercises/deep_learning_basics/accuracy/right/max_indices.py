"""The indices of max, eq and a sum."""

import torch


def accuracy(scores, labels):
    with torch.no_grad():
        _, predicted = torch.max(scores, 1)
        return predicted.eq(labels.view_as(predicted)).sum().item() / labels.size(0)

"""
fails: agrees with the reference
name: The mean of the accuracies of the classes
credit: 0.5
tell: You average the accuracy of each class, the balanced accuracy. Here each example counts the same.
"""

import torch


def accuracy(scores, labels):
    right = scores.argmax(dim=1) == labels
    by_class = [right[labels == k].double().mean() for k in labels.unique()]
    return torch.stack(by_class).mean().item()

"""
fails: takes digits and gives ten logits
name: the batch flattened as well
credit: 0.25
tell: x.flatten() makes one long vector of the whole batch. x.flatten(1) leaves the first axis.
"""

from torch import nn


class Classifier(nn.Module):
    """Digits (N, 1, 28, 28) -> logits (N, 10)."""

    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 256)
        self.out = nn.Linear(256, 10)

    def forward(self, x):
        h = self.hidden(x.flatten()).relu()
        return self.out(h)

"""
fails: learns to tell digits apart
name: a hidden layer of two units
credit: 0.5
mistake: too_narrow
"""

from torch import nn


class Classifier(nn.Module):
    """Digits (N, 1, 28, 28) -> logits (N, 10)."""

    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 2)
        self.out = nn.Linear(2, 10)

    def forward(self, x):
        h = self.hidden(x.flatten(1)).relu()
        return self.out(h)

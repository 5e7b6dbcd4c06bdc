"""
fails: takes digits and gives ten logits
name: not flattened
credit: 0.25
mistake: not_flattened
"""

from torch import nn


class Classifier(nn.Module):
    """Digits (N, 1, 28, 28) -> logits (N, 10)."""

    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 256)
        self.out = nn.Linear(256, 10)

    def forward(self, x):
        h = self.hidden(x).relu()
        return self.out(h)

"""
fails: takes digits and gives ten logits
name: the class in place of the logits
credit: 0.25
mistake: class_returned
"""

from torch import nn


class Classifier(nn.Module):
    """Digits (N, 1, 28, 28) -> logits (N, 10)."""

    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 256)
        self.out = nn.Linear(256, 10)

    def forward(self, x):
        h = self.hidden(x.flatten(1)).relu()
        return self.out(h).argmax(dim=1)

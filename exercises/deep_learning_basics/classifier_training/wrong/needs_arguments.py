"""
fails: takes digits and gives ten logits
name: a constructor with arguments
credit: 0.5
mistake: needs_arguments
"""

from torch import nn


class Classifier(nn.Module):
    """Digits (N, 1, 28, 28) -> logits (N, 10)."""

    def __init__(self, hidden_size):
        super().__init__()
        self.hidden = nn.Linear(784, hidden_size)
        self.out = nn.Linear(hidden_size, 10)

    def forward(self, x):
        h = self.hidden(x.flatten(1)).relu()
        return self.out(h)

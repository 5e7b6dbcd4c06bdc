"""
fails: every layer learns
name: gradient cut in the middle
credit: 0.5
mistake: detached
"""

from torch import nn


class Classifier(nn.Module):
    """Digits (N, 1, 28, 28) -> logits (N, 10)."""

    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 256)
        self.out = nn.Linear(256, 10)

    def forward(self, x):
        h = self.hidden(x.flatten(1)).relu().detach()
        return self.out(h)

"""
fails: judges each digit by itself
name: digits normalised by their batch
credit: 0.75
mistake: depends_on_the_batch
"""

from torch import nn


class Classifier(nn.Module):
    """Digits (N, 1, 28, 28) -> logits (N, 10)."""

    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 256)
        self.out = nn.Linear(256, 10)

    def forward(self, x):
        h = self.hidden(((x - x.mean()) / x.std()).flatten(1)).relu()
        return self.out(h)

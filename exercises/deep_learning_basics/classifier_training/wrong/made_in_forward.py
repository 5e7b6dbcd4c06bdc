"""
fails: every layer learns
name: a layer made anew in each call
credit: 0.25
mistake: made_in_forward
"""

from torch import nn


class Classifier(nn.Module):
    """Digits (N, 1, 28, 28) -> logits (N, 10)."""

    def __init__(self):
        super().__init__()
        self.out = nn.Linear(256, 10)

    def forward(self, x):
        h = nn.Linear(784, 256)(x.flatten(1)).relu()
        return self.out(h)

"""
fails: learns to tell digits apart
name: all weights start at 0
credit: 0.5
mistake: alike_weights
"""

from torch import nn


class Classifier(nn.Module):
    """Digits (N, 1, 28, 28) -> logits (N, 10)."""

    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 256)
        self.out = nn.Linear(256, 10)
        for p in self.parameters():
            nn.init.zeros_(p)

    def forward(self, x):
        h = self.hidden(x.flatten(1)).relu()
        return self.out(h)

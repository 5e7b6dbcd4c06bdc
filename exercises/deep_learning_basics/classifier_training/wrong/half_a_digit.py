"""
fails: learns to tell digits apart
name: only the upper rows are seen
credit: 0.5
mistake: part_of_the_input
"""

from torch import nn


class Classifier(nn.Module):
    """Digits (N, 1, 28, 28) -> logits (N, 10)."""

    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(196, 256)
        self.out = nn.Linear(256, 10)

    def forward(self, x):
        h = self.hidden(x[:, :, :7].flatten(1)).relu()
        return self.out(h)

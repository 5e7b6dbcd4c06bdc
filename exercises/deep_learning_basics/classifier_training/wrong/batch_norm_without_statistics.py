"""
fails: judges each digit by itself
name: batch normalisation without running statistics
credit: 0.75
mistake: batch_statistics
"""

from torch import nn


class Classifier(nn.Module):
    """Digits (N, 1, 28, 28) -> logits (N, 10)."""

    def __init__(self):
        super().__init__()
        self.hidden = nn.Sequential(nn.Linear(784, 256), nn.BatchNorm1d(256, track_running_stats=False))
        self.out = nn.Linear(256, 10)

    def forward(self, x):
        h = self.hidden(x.flatten(1)).relu()
        return self.out(h)

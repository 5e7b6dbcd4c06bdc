"""
fails: every layer learns
name: a layer under no_grad
credit: 0.5
mistake: frozen
"""

import torch
from torch import nn


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 256)
        self.out = nn.Linear(256, 10)

    def forward(self, x):
        with torch.no_grad():
            h = torch.relu(self.hidden(x.flatten(1)))
        return self.out(h)

"""
fails: gives the same answer twice
name: dropout after training as well
credit: 0.5
mistake: random_after_eval
"""

import torch.nn.functional as F
from torch import nn


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 256)
        self.out = nn.Linear(256, 10)

    def forward(self, x):
        h = F.relu(self.hidden(x.flatten(1)))
        return self.out(F.dropout(h, 0.5))

"""Plain parameters, and a matrix product."""

import torch
from torch import nn


class Classifier(nn.Module):
    def __init__(self):
        super(Classifier, self).__init__()
        self.w1 = nn.Parameter(torch.randn(784, 300) / 28)
        self.b1 = nn.Parameter(torch.zeros(300))
        self.w2 = nn.Parameter(torch.randn(300, 10) / 300**0.5)
        self.b2 = nn.Parameter(torch.zeros(10))

    def forward(self, x):
        h = torch.clamp(x.reshape(x.shape[0], 784) @ self.w1 + self.b1, min=0)
        return h @ self.w2 + self.b2

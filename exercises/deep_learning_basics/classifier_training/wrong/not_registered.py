"""
fails: every layer learns
name: layers in a plain list
credit: 0.5
mistake: not_registered
"""

from torch import nn


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(784, 256), nn.ReLU()]
        self.out = nn.Linear(256, 10)

    def forward(self, x):
        x = x.flatten(1)
        for layer in self.layers:
            x = layer(x)
        return self.out(x)

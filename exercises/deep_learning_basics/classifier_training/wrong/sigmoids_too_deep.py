"""
fails: learns to tell digits apart
name: many layers of sigmoids
credit: 0.5
mistake: vanishing_gradient
"""

from torch import nn


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        sizes = [784, 64, 64, 64, 64, 64, 64]
        layers = [nn.Flatten()]
        for a, b in zip(sizes, sizes[1:]):
            layers += [nn.Linear(a, b), nn.Sigmoid()]
        self.net = nn.Sequential(*layers, nn.Linear(64, 10))

    def forward(self, x):
        return self.net(x)

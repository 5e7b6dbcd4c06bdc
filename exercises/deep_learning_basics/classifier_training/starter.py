import torch
from torch import nn


class Classifier(nn.Module):
    """Digits (N, 1, 28, 28) -> logits (N, 10)."""

    def __init__(self):
        super().__init__()

    def forward(self, x):
        raise NotImplementedError("Your answer goes here.")

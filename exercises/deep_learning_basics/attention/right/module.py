"""A module that is called like a function."""

import math

import torch
from torch import nn


class Attention(nn.Module):
    def forward(self, query, key, value, mask=None):
        scores = torch.matmul(query, key.transpose(-1, -2)) / math.sqrt(key.shape[-1])
        if mask is None:
            mask = torch.ones(scores.shape[-2:], dtype=torch.bool, device=scores.device)
        scores = scores.masked_fill(torch.logical_not(mask), float("-inf"))
        return torch.matmul(nn.Softmax(dim=-1)(scores), value)


attention = Attention()

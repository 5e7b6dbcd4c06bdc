"""
fails: takes batches and heads
name: Softmax over axis 1
credit: 0.75
tell: dim=1 is the axis of the keys for matrices only. Count from the end: dim=-1.
"""

import math

import torch


def attention(query, key, value, mask=None):
    """(..., L, d), (..., S, d), (..., S, e), (L, S) -> (..., L, e)."""
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.size(-1))
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    return torch.softmax(scores, dim=1) @ value

"""
fails: takes batches and heads
name: For matrices only
credit: 0.75
tell: key.T turns all axes round (and warns). Swap the last two only: key.transpose(-2, -1).
"""

import math

import torch


def attention(query, key, value, mask=None):
    """(..., L, d), (..., S, d), (..., S, e), (L, S) -> (..., L, e)."""
    scores = query @ key.T / math.sqrt(query.size(-1))
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    return torch.softmax(scores, dim=-1) @ value

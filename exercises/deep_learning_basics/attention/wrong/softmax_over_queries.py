"""
fails: agrees with the reference without a mask
name: Softmax over the queries
credit: 0.25
tell: Your softmax runs over the queries. Each query shares out its attention over the keys: dim=-1.
"""

import math

import torch


def attention(query, key, value, mask=None):
    """(..., L, d), (..., S, d), (..., S, e), (L, S) -> (..., L, e)."""
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.size(-1))
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    return torch.softmax(scores, dim=-2) @ value

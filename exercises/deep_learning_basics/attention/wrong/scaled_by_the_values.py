"""
fails: agrees with the reference without a mask
name: Divided by the root of the length of a value
credit: 0.5
tell: You divide by the square root of e, the length of a value. d is the length of a query, query.size(-1).
"""

import math

import torch


def attention(query, key, value, mask=None):
    """(..., L, d), (..., S, d), (..., S, e), (L, S) -> (..., L, e)."""
    scores = query @ key.transpose(-2, -1) / math.sqrt(value.size(-1))
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    return torch.softmax(scores, dim=-1) @ value

"""
fails: agrees with the reference without a mask
name: Softmax after the values
credit: 0
tell: You weigh the values with the scores and take the softmax last. The softmax comes first; its weights multiply
    V.
"""

import math

import torch


def attention(query, key, value, mask=None):
    """(..., L, d), (..., S, d), (..., S, e), (L, S) -> (..., L, e)."""
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.size(-1))
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    return torch.softmax(scores @ value, dim=-1)

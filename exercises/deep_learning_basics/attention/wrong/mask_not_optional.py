"""
fails: agrees with the reference without a mask
name: The mask is not optional
credit: 0.75
tell: attention(query, key, value) fails: the mask must have the default None, which hides nothing.
"""

import math

import torch


def attention(query, key, value, mask):
    """(..., L, d), (..., S, d), (..., S, e), (L, S) -> (..., L, e)."""
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.size(-1))
    scores = scores.masked_fill(~mask, -math.inf)
    return torch.softmax(scores, dim=-1) @ value

"""
fails: agrees with the reference under a mask
name: 1e-9 in place of -1e9
credit: 0.5
tell: You set masked scores to 1e-9, which is as good as 0, and exp(0) = 1. -1e9 or -inf is meant.
"""

import math

import torch


def attention(query, key, value, mask=None):
    """(..., L, d), (..., S, d), (..., S, e), (L, S) -> (..., L, e)."""
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.size(-1))
    if mask is not None:
        scores = scores.masked_fill(~mask, 1e-9)
    return torch.softmax(scores, dim=-1) @ value

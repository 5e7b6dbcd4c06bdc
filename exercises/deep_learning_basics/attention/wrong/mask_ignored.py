"""
fails: agrees with the reference under a mask
name: The mask ignored
credit: 0.5
tell: The mask has no effect. Where it is False, the score must become -inf before the softmax.
"""

import math

import torch


def attention(query, key, value, mask=None):
    """(..., L, d), (..., S, d), (..., S, e), (L, S) -> (..., L, e)."""
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.size(-1))
    return torch.softmax(scores, dim=-1) @ value

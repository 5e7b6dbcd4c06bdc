"""
fails: agrees with the reference under a mask
name: The scores multiplied by the mask
credit: 0.5
tell: You multiply the scores by the mask: a score of 0 still has the weight exp(0) = 1. Set it to -inf.
"""

import math

import torch


def attention(query, key, value, mask=None):
    """(..., L, d), (..., S, d), (..., S, e), (L, S) -> (..., L, e)."""
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.size(-1))
    if mask is not None:
        scores = scores * mask
    return torch.softmax(scores, dim=-1) @ value

"""
fails: agrees with the reference without a mask
name: Scores divided by their sum
credit: 0
tell: You divide the scores by their sum. They may be negative; the softmax takes exp first.
"""

import math

import torch


def attention(query, key, value, mask=None):
    """(..., L, d), (..., S, d), (..., S, e), (L, S) -> (..., L, e)."""
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.size(-1))
    if mask is not None:
        scores = scores * mask
    return (scores / scores.sum(dim=-1, keepdim=True)) @ value

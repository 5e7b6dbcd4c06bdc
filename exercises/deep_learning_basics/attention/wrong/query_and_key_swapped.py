"""
fails: agrees with the reference without a mask
name: Query and key swapped
credit: 0
tell: Query and key are swapped: the scores have a row for each key. Q K^T has one for each query.
"""

import math

import torch


def attention(query, key, value, mask=None):
    """(..., L, d), (..., S, d), (..., S, e), (L, S) -> (..., L, e)."""
    scores = key @ query.transpose(-2, -1) / math.sqrt(query.size(-1))
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    return torch.softmax(scores, dim=-1) @ value

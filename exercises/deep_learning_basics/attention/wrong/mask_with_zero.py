"""
fails: agrees with the reference under a mask
name: Masked scores set to 0
credit: 0.5
tell: Your masked scores are 0 or next to it (multiplied by the mask, or 1e-9 for -1e9), and exp(0) = 1 is no small
    weight. Set them to -inf.
"""

import math

import torch


def attention(query, key, value, mask=None):
    """(..., L, d), (..., S, d), (..., S, e), (L, S) -> (..., L, e)."""
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.size(-1))
    if mask is not None:
        scores = scores.masked_fill(~mask, 0.0)
    return torch.softmax(scores, dim=-1) @ value

"""
fails: agrees with the reference under a mask
name: Masked with a number that is not small enough
credit: 0.75
tell: You set masked scores to -10, which other scores may well undercut. Use -inf.
"""

import math

import torch


def attention(query, key, value, mask=None):
    """(..., L, d), (..., S, d), (..., S, e), (L, S) -> (..., L, e)."""
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.size(-1))
    if mask is not None:
        scores = scores.masked_fill(~mask, -10.0)
    return torch.softmax(scores, dim=-1) @ value

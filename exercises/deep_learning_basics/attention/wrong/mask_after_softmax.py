"""
fails: agrees with the reference under a mask
name: Masked after the softmax
credit: 0.5
tell: You set weights to 0 after the softmax, so that the others no longer add up to 1. Set the scores to -inf
    before it.
"""

import math

import torch


def attention(query, key, value, mask=None):
    """(..., L, d), (..., S, d), (..., S, e), (L, S) -> (..., L, e)."""
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.size(-1))
    weights = torch.softmax(scores, dim=-1)
    if mask is not None:
        weights = weights * mask
    return weights @ value

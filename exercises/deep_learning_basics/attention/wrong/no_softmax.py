"""
fails: agrees with the reference without a mask
name: No softmax
credit: 0
tell: There is no softmax: the scores themselves weigh the values.
"""

import math

import torch


def attention(query, key, value, mask=None):
    """(..., L, d), (..., S, d), (..., S, e), (L, S) -> (..., L, e)."""
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.size(-1))
    if mask is not None:
        scores = scores * mask
    return scores @ value

"""
fails: agrees with the reference under a mask
name: The mask added as 0 and 1
credit: 0.5
tell: You add the mask to the scores, as 1 and 0. A Boolean mask needs -inf where it is False.
"""

import math

import torch


def attention(query, key, value, mask=None):
    """(..., L, d), (..., S, d), (..., S, e), (L, S) -> (..., L, e)."""
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.size(-1))
    if mask is not None:
        scores = scores + mask
    return torch.softmax(scores, dim=-1) @ value

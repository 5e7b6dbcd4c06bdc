"""
fails: gradients reach every argument
name: The weights detached
credit: 0.5
mistake: gradient_missing
"""

import math

import torch


def attention(query, key, value, mask=None):
    """(..., L, d), (..., S, d), (..., S, e), (L, S) -> (..., L, e)."""
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.size(-1))
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    return torch.softmax(scores, dim=-1).detach() @ value

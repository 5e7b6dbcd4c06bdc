"""
fails: gradients agree with the reference
name: A query without gradient
credit: 0.5
mistake: wrong_gradient
"""

import math

import torch


def attention(query, key, value, mask=None):
    """(..., L, d), (..., S, d), (..., S, e), (L, S) -> (..., L, e)."""
    scores = torch.cat([query[..., :-1, :], query[..., -1:, :].detach()], dim=-2) @ key.transpose(-2, -1) / math.sqrt(query.size(-1))
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    return torch.softmax(scores, dim=-1) @ value

"""
fails: leaves its arguments alone
name: The query scaled in place
credit: 0.75
mistake: changes_its_arguments
"""

import math

import torch


def attention(query, key, value, mask=None):
    query.data.div_(math.sqrt(query.size(-1)))
    scores = query @ key.transpose(-2, -1)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    return torch.softmax(scores, dim=-1) @ value

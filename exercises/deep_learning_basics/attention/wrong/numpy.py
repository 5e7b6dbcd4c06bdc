"""
fails: agrees with the reference without a mask
name: numpy in place of torch
credit: 0.5
mistake: not_a_tensor
"""

import numpy as np
import torch


def attention(query, key, value, mask=None):
    q, k, v = (each.detach().numpy() for each in (query, key, value))
    scores = q @ np.swapaxes(k, -2, -1) / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = np.where(mask.numpy(), scores, -np.inf)
    weights = np.exp(scores - scores.max(-1, keepdims=True))
    return weights / weights.sum(-1, keepdims=True) @ v

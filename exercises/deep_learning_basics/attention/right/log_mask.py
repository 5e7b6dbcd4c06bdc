"""The logarithm of the mask added, both sides scaled."""

import torch


def attention(query, key, value, mask=None):
    scale = query.size(-1) ** 0.25
    scores = (query / scale) @ torch.swapaxes(key / scale, -1, -2)
    if mask is not None:
        scores = scores + torch.log(mask.to(scores.dtype))
    return torch.exp(torch.log_softmax(scores, dim=-1)) @ value

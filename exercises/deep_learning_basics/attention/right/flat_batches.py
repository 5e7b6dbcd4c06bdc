"""All leading axes made one, bmm and baddbmm."""

import torch


def attention(query, key, value, mask=None):
    lead = query.shape[:-2]
    q, k, v = (each.reshape(-1, *each.shape[-2:]) for each in (query, key, value))
    bias = torch.zeros(q.size(1), k.size(1), dtype=q.dtype)
    if mask is not None:
        bias[~mask] = torch.finfo(q.dtype).min
    weights = torch.baddbmm(bias.expand(q.size(0), -1, -1), q, k.transpose(1, 2), alpha=q.size(-1) ** -0.5).softmax(2)
    return torch.bmm(weights, v).reshape(*lead, q.size(1), v.size(2))

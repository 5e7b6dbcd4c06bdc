"""One query after the other, with the keys it may see."""

import torch


def attend(q, key, value):
    weights = (key * q.unsqueeze(-2)).sum(-1).div(q.size(-1) ** 0.5).softmax(-1)
    return (weights.unsqueeze(-1) * value).sum(-2)


def attention(query, key, value, mask=None):
    rows = []
    for i in range(query.size(-2)):
        seen = torch.arange(key.size(-2)) if mask is None else mask[i].nonzero().flatten()
        rows.append(attend(query[..., i, :], key[..., seen, :], value[..., seen, :]))
    return torch.stack(rows, dim=-2)

"""Scaled dot-product attention."""

import math

import torch
from torch import Tensor

from reference.softmax import softmax


def attention_weights(query: Tensor, key: Tensor, mask: Tensor | None = None) -> Tensor:
    r"""How much each query looks at each key: (..., L, d), (..., S, d), (L, S) → (..., L, S); rows add up to 1.

    $$\mathrm{softmax}\left(\frac{Q K^T}{\sqrt{d}}\right)$$

    Where the Boolean mask is False, the weight is 0. Domain: each row of the mask holds a True. Source: Vaswani et al.,
    Attention Is All You Need (2017), equation 1 and section 3.2.3.
    """
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
    if mask is not None:
        scores = torch.where(mask, scores, -math.inf)
    return softmax(scores)


def attention(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None) -> Tensor:
    r"""The values, weighted: (..., L, d), (..., S, d), (..., S, e), (L, S) → (..., L, e).

    $$\mathrm{softmax}\left(\frac{Q K^T}{\sqrt{d}}\right) V$$

    Domain and source: those of `attention_weights`.
    """
    return attention_weights(query, key, mask) @ value

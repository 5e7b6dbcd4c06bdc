r"""The softmax of K logits and the loss of a classifier that ends in it, in nats.

Everything is written with $\log \sum_k \exp(z_k)$, which torch shifts by the largest logit: no logit overflows, and a
loss near 0 keeps its digits relative to the logits that were subtracted.
"""

import torch
from torch import Tensor


def softmax(logits: Tensor) -> Tensor:
    r"""Probabilities over the last axis: (..., K) → (..., K).

    $$p_k = \frac{\exp z_k}{\sum_j \exp z_j}$$

    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), equation 6.29.
    """
    return torch.exp(logits - torch.logsumexp(logits, -1, keepdim=True))


def softmax_cross_entropy(logits: Tensor, labels: Tensor) -> Tensor:
    r"""The mean of -log p over the batch, p the probability of the right class: (N, K), (N,) → scalar.

    $$\frac{1}{N} \sum_{n=1}^{N} \log \sum_k \exp(z_{nk}) - z_{n y_n}$$

    Domain: labels are integers from 0 to K - 1. Source: Goodfellow, Bengio and Courville, Deep Learning (2016),
    equation 6.30.
    """
    right = logits.gather(-1, labels.unsqueeze(-1)).squeeze(-1)
    return (torch.logsumexp(logits, -1) - right).mean()


def softmax_cross_entropy_gradient(logits: Tensor, labels: Tensor) -> Tensor:
    r"""The gradient of the loss in the logits: (N, K), (N,) → (N, K); each row adds up to 0.

    $$\frac{1}{N} (p_{nk} - [k = y_n])$$

    Domain: labels are integers from 0 to K - 1. Source: Bishop, Pattern Recognition and Machine Learning (2006),
    equation 4.109, with respect to the activations.
    """
    right = torch.nn.functional.one_hot(labels, logits.shape[-1])
    return (softmax(logits) - right) / logits.shape[0]

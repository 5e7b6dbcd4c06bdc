r"""Expectations, entropies and divergences of distributions over K states, in nats, with $0 \cdot \log 0 = 0$.

A table (..., K) holds the logarithms of K probabilities or densities along its last axis, -inf for zero. The formulas
are exact for every table; the names are deserved where the probabilities add up to 1.
"""

import torch
from torch import Tensor


def expectation(log_q: Tensor, f: Tensor) -> Tensor:
    r"""$E_q[f] = \sum_z q(z) f(z)$ over the last axis: (..., K) → (...); where q(z) = 0 even an infinite f adds 0."""
    q = torch.exp(log_q)
    return (q * torch.where(q == 0, 0.0, f)).sum(-1)


def entropy(log_p: Tensor) -> Tensor:
    r"""H(p): (..., K) → (...); at most log K, and 0 where one state is certain.

    $$-\sum_x p(x) \log p(x)$$

    Source: Bishop, Pattern Recognition and Machine Learning (2006), equation 1.98.
    """
    return -expectation(log_p, log_p)


def cross_entropy(log_p: Tensor, log_q: Tensor) -> Tensor:
    r"""H(p, q) of two tables over the same K states: (..., K) → (...); inf where p has a state that q lacks.

    $$-\sum_x p(x) \log q(x) = H(p) + KL(p \| q)$$

    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), equation 3.51.
    """
    return -expectation(log_p, log_q)


def kl_categorical(log_q: Tensor, log_p: Tensor) -> Tensor:
    r"""KL(q‖p) of two tables over the same K states: (..., K) → (...); inf where q has a state that p lacks.

    $$\sum_z q(z) (\log q(z) - \log p(z))$$

    Source: Bishop, Pattern Recognition and Machine Learning (2006), equation 1.113.
    """
    return expectation(log_q, log_q - log_p)

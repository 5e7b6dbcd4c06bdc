"""Batch normalisation of N rows of D features, with the statistics of the batch or with running ones."""

import torch
from torch import Tensor


def batch_moments(x: Tensor) -> tuple[Tensor, Tensor]:
    r"""Mean and biased variance of each feature over the batch: (N, D) → (D,), (D,).

    $$\mu = \frac{1}{N} \sum_n x_n, \qquad \sigma^2 = \frac{1}{N} \sum_n (x_n - \mu)^2$$

    Source: Ioffe and Szegedy, Batch Normalization (2015), algorithm 1.
    """
    mean = x.mean(0)
    return mean, ((x - mean) ** 2).mean(0)


def batch_norm(x: Tensor, gamma: Tensor, beta: Tensor, mean: Tensor, var: Tensor, *, eps: float = 1e-5) -> Tensor:
    r"""Normalises with a given mean and variance, then scales and shifts: (N, D) and four of (D,) → (N, D).

    $$\gamma \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta$$

    Domain: var ≥ 0, eps > 0. In training mean and var are `batch_moments(x)`, and gradients flow through them. Source:
    Ioffe and Szegedy, Batch Normalization (2015), algorithm 1.
    """
    return gamma * (x - mean) / torch.sqrt(var + eps) + beta


def running_moments(mean: Tensor, var: Tensor, x: Tensor, *, momentum: float = 0.1) -> tuple[Tensor, Tensor]:
    r"""Running mean and variance after one more batch: (D,), (D,), (N, D) → (D,), (D,).

    $$\mu \leftarrow (1 - \alpha) \mu + \alpha \mu_B, \qquad
    \sigma^2 \leftarrow (1 - \alpha) \sigma^2 + \alpha \frac{N}{N - 1} \sigma_B^2$$

    Domain: N ≥ 2; the variance that is kept is the unbiased one. Source: Ioffe and Szegedy, Batch Normalization (2015),
    algorithm 2, with the moving average of `torch.nn.BatchNorm1d`.
    """
    batch_mean, batch_var = batch_moments(x)
    unbiased = batch_var * x.shape[0] / (x.shape[0] - 1)
    return (1 - momentum) * mean + momentum * batch_mean, (1 - momentum) * var + momentum * unbiased

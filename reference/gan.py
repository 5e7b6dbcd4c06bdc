r"""Generative adversarial networks: the losses of both players and the game on a finite space, in nats.

The losses take the probabilities D(x) and D(G(z)) of two batches, of any shape and not necessarily of one size. At the
edges 0 and 1 they may be infinite and are never NaN. $1 - D$ is exact for the float D: `log1p(-D)`.
"""

import torch
from torch import Tensor

from reference.bernoulli import bernoulli_log_likelihood


def discriminator_loss(d_real: Tensor, d_fake: Tensor) -> Tensor:
    r"""J^(D) from d_real = D(x) and d_fake = D(G(z)), each averaged over its own batch: (N, ...), (M, ...) → scalar.

    $$-\frac{1}{2} E_{x \sim p_{data}}[\log D(x)] - \frac{1}{2} E_{z \sim p_z}[\log(1 - D(G(z)))]$$

    Domain: [0, 1]. Source: Goodfellow, NIPS 2016 Tutorial: Generative Adversarial Networks, section 3.2.1.
    """
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log1p(-d_fake).mean()


def generator_loss(d_real: Tensor, d_fake: Tensor) -> Tensor:
    r"""J^(G) of the minimax game, both terms: (N, ...), (M, ...) → scalar.

    $$J^{(G)} = -J^{(D)}$$

    Domain: [0, 1]. Source: Goodfellow, NIPS 2016 Tutorial: Generative Adversarial Networks, section 3.2.2.
    """
    return -discriminator_loss(d_real, d_fake)


def nonsaturating_generator_loss(d_fake: Tensor) -> Tensor:
    r"""J^(G) of the heuristic, non-saturating game, from d_fake = D(G(z)): (M, ...) → scalar.

    $$-\frac{1}{2} E_{z \sim p_z}[\log D(G(z))]$$

    Domain: [0, 1]. Source: Goodfellow, NIPS 2016 Tutorial: Generative Adversarial Networks, section 3.2.3.
    """
    return -0.5 * torch.log(d_fake).mean()


def value_function(d: Tensor, p_data: Tensor, p_g: Tensor) -> Tensor:
    r"""V(D, G) = -J^(D) on a space of K points, from D(x) and the tables of p_data and p_g: (..., K) → (...).

    $$\frac{1}{2} \sum_x p_{data}(x) \log D(x) + \frac{1}{2} \sum_x p_g(x) \log(1 - D(x))$$

    Domain: d in [0, 1], p_data and p_g ≥ 0. Without the halves it is the V of Goodfellow et al., Generative Adversarial
    Nets (2014), equation 1. Source: Goodfellow, NIPS 2016 Tutorial: Generative Adversarial Networks, section 3.2.2.
    """
    return 0.5 * bernoulli_log_likelihood(d, p_data, p_g).sum(-1)


def optimal_discriminator(p_data: Tensor, p_g: Tensor) -> Tensor:
    r"""The D that maximises V(D, G) for a fixed G, elementwise; the arguments broadcast.

    $$D^*(x) = \frac{p_{data}(x)}{p_{data}(x) + p_g(x)}$$

    Domain: densities ≥ 0, not both 0: where neither puts mass, D is free and the answer is NaN. Source: Goodfellow et
    al., Generative Adversarial Nets (2014), proposition 1.
    """
    return p_data / (p_data + p_g)

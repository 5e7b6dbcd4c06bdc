r"""The evidence lower bound $L = \int q(z) \log \frac{p(z, x)}{q(z)} dz \le \log p(x)$ in its usual forms, in nats.

The latent variable is finite, so that every integral is a sum over the last axis: a table (..., K) holds the logarithms
of K probabilities or densities, -inf for zero. The three forms agree for every normalised q and differ without it.
"""

import torch
from torch import Tensor

from reference.categorical import expectation, kl_categorical


def elbo(log_q: Tensor, log_joint: Tensor) -> Tensor:
    r"""The bound as it is defined, from log q(z) and log p(z, x): (..., K) → (...).

    $$E_q[\log p(z, x) - \log q(z)]$$

    Source: Kingma and Welling, Auto-Encoding Variational Bayes (2014), equation 2.
    """
    return expectation(log_q, log_joint - log_q)


def elbo_from_likelihood(log_q: Tensor, log_likelihood: Tensor, log_prior: Tensor) -> Tensor:
    r"""The bound as reconstruction and regulariser, from log q(z), log p(x|z) and log p(z): (..., K) → (...).

    $$E_q[\log p(x | z)] - KL(q(z) \| p(z))$$

    Source: Kingma and Welling, Auto-Encoding Variational Bayes (2014), equation 3.
    """
    return expectation(log_q, log_likelihood) - kl_categorical(log_q, log_prior)


def elbo_from_evidence(log_q: Tensor, log_joint: Tensor) -> Tensor:
    r"""The bound as evidence and gap, from log q(z) and log p(z, x): (..., K) → (...).

    $$\log p(x) - KL(q(z) \| p(z | x)), \qquad p(x) = \sum_z p(z, x)$$

    Domain: p(x) > 0, without which there is no posterior. Source: Kingma and Welling, Auto-Encoding Variational Bayes
    (2014), equation 1.
    """
    log_evidence = torch.logsumexp(log_joint, -1)
    log_posterior = log_joint - log_evidence.unsqueeze(-1)
    return log_evidence - kl_categorical(log_q, log_posterior)

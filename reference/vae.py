"""The variational autoencoder: sampling q(z|x) = N(mu, diag(exp(logvar))) and the negative ELBO, in nats.

The two parts of the loss can be called alone: `reconstruction_loss` here and `gaussian.kl_standard_normal`.
"""

import torch
from torch import Tensor

from reference.bernoulli import bernoulli_cross_entropy
from reference.gaussian import kl_standard_normal


def reparameterize(mu: Tensor, logvar: Tensor, *, eps: Tensor | None = None) -> Tensor:
    r"""A sample of N(mu, diag(exp(logvar))) through which gradients reach mu and logvar: (..., d), (..., d) → (..., d).

    $$z = \mu + \sigma \epsilon, \qquad \epsilon \sim N(0, I), \ \sigma = \exp(\mathrm{logvar} / 2)$$

    The noise eps has the shape, dtype and device of mu; without one it is drawn from torch's global generator. Source:
    Kingma and Welling, Auto-Encoding Variational Bayes (2014), section 2.4.
    """
    if eps is None:
        eps = torch.randn_like(mu)
    return mu + torch.exp(logvar / 2) * eps


def reconstruction_loss(x_hat: Tensor, x: Tensor) -> Tensor:
    r"""-log p(x|z) per example for a Bernoulli decoder, summed over all but the batch: (N, ...), (N, ...) → (N,).

    $$-\sum_i x_i \log \hat{x}_i + (1 - x_i) \log(1 - \hat{x}_i)$$

    The two may be cut differently, (N, 784) and (N, 1, 28, 28). Domain: x_hat and x in [0, 1]. Source: Kingma and
    Welling, Auto-Encoding Variational Bayes (2014), appendix C.1.
    """
    return bernoulli_cross_entropy(x_hat.flatten(1), x.flatten(1)).sum(-1)


def vae_loss(x_hat: Tensor, x: Tensor, mu: Tensor, logvar: Tensor) -> Tensor:
    r"""The negative ELBO, averaged over the batch: x_hat, x (N, ...); mu, logvar (N, d) → scalar.

    $$\frac{1}{N} \sum_{n=1}^{N} -\log p(x_n | z_n) + KL(q(z | x_n) \| N(0, I))$$

    Domain: x_hat and x in [0, 1]. Source: Kingma and Welling, Auto-Encoding Variational Bayes (2014), equation 10, with
    one sample of z per example and the sign turned.
    """
    return (reconstruction_loss(x_hat, x) + kl_standard_normal(mu, logvar)).mean()

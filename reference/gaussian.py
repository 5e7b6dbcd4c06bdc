r"""The Kullback-Leibler divergence $KL(q \| p) = E_q[\log q - \log p]$ between normal distributions, in nats.

The terms $\sigma^2 - 1 - \log \sigma^2$ nearly cancel where q and p are close. With $t = \log \sigma$ they are
$\mathrm{expm1}(2t) - 2t$, which keeps the digits of a small divergence and does not fall below zero.
"""

import torch
from torch import Tensor


def kl_normal(mu_1: Tensor, sigma_1: Tensor, mu_2: Tensor, sigma_2: Tensor) -> Tensor:
    r"""KL(q‖p) of q = N(mu_1, sigma_1²) and p = N(mu_2, sigma_2²), elementwise; the arguments broadcast.

    $$\log \frac{\sigma_2}{\sigma_1} + \frac{\sigma_1^2 + (\mu_1 - \mu_2)^2}{2 \sigma_2^2} - \frac{1}{2}$$

    Domain: sigma_1, sigma_2 > 0 (standard deviations). Source: Bishop, Pattern Recognition and Machine Learning (2006),
    exercise 2.13, in one dimension.
    """
    t = torch.log(sigma_1 / sigma_2)
    d = (mu_1 - mu_2) / sigma_2
    return 0.5 * (torch.expm1(2 * t) - 2 * t + d**2)


def kl_standard_normal_sigma(mu_1: Tensor, sigma_1: Tensor) -> Tensor:
    r"""KL(q‖p) of q = N(mu_1, sigma_1²) and p = N(0, 1), elementwise; the arguments broadcast.

    $$\frac{1}{2} (\mu_1^2 + \sigma_1^2 - 1) - \log \sigma_1$$

    Domain: sigma_1 > 0 (a standard deviation). Source: Kingma and Welling, Auto-Encoding Variational Bayes (2014),
    appendix B, in one dimension.
    """
    t = torch.log(sigma_1)
    return 0.5 * (torch.expm1(2 * t) - 2 * t + mu_1**2)


def kl_standard_normal(mu: Tensor, logvar: Tensor) -> Tensor:
    r"""KL(q‖p) of q = N(mu, diag(exp(logvar))) and p = N(0, I), summed over the last axis: (..., d) → (...).

    $$-\frac{1}{2} \sum_{j=1}^{d} (1 + \log \sigma_j^2 - \mu_j^2 - \sigma_j^2), \qquad \mathrm{logvar} = \log \sigma^2$$

    Source: Kingma and Welling, Auto-Encoding Variational Bayes (2014), appendix B.
    """
    return 0.5 * (mu**2 + torch.expm1(logvar) - logvar).sum(-1)

r"""Logarithms of the Bernoulli distribution, in nats, with $0 \cdot \log 0 = 0$ and nothing clamped.

`torch.nn.functional.binary_cross_entropy` cuts its logarithms off at -100 and its gradient within 1e-12 of the edge;
here what is impossible has log-likelihood -inf and what is certain has 0, in value and gradient, and nothing is NaN.
"""

import torch
from torch import Tensor


def bernoulli_log_likelihood(p: Tensor, successes: Tensor, failures: Tensor) -> Tensor:
    r"""Log-likelihood of weighted successes and failures, elementwise; the arguments broadcast.

    $$a \log p + b \log(1 - p), \qquad a = \text{successes}, \ b = \text{failures}$$

    Domain: p in [0, 1], weights ≥ 0. Where p forbids what has weight 0, the derivative by that weight is 0, not -inf.
    Source: Bishop, Pattern Recognition and Machine Learning (2006), equation 2.6, with weights for counts.
    """
    # Replaced before the logarithm: replaced after it, the backward pass would still multiply 0 by inf.
    p_success = torch.where((successes == 0) & (p == 0), 1.0, p)
    p_failure = torch.where((failures == 0) & (p == 1), 0.0, p)
    return successes * torch.log(p_success) + failures * torch.log1p(-p_failure)


def bernoulli_cross_entropy(x_hat: Tensor, x: Tensor) -> Tensor:
    r"""Cross-entropy of a Bernoulli(x_hat) relative to the data x, elementwise; the arguments broadcast.

    $$-x \log \hat{x} - (1 - x) \log(1 - \hat{x})$$

    Domain: x_hat and x in [0, 1]; x need not be binary. Source: Kingma and Welling, Auto-Encoding Variational Bayes
    (2014), appendix C.1, with the sign turned.
    """
    return -bernoulli_log_likelihood(x_hat, x, 1 - x)

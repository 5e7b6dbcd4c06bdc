r"""The logistic sigmoid and its derivative. For every finite float, $1 - s(x)$ is taken as $s(-x)$, which keeps its digits."""

import torch
from torch import Tensor


def sigmoid(x: Tensor) -> Tensor:
    r"""Elementwise.

    $$s(x) = \frac{1}{1 + \exp(-x)}$$

    Source: Bishop, Pattern Recognition and Machine Learning (2006), equation 4.59.
    """
    return torch.sigmoid(x)


def sigmoid_derivative(x: Tensor) -> Tensor:
    r"""Elementwise.

    $$s'(x) = s(x) (1 - s(x))$$

    Source: Bishop, Pattern Recognition and Machine Learning (2006), equation 4.88.
    """
    return sigmoid(x) * sigmoid(-x)

"""The affine layer of a network and the way back through it."""

from torch import Tensor


def linear_forward(x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    r"""Each row of x through the layer: (N, D), (D, K), (K,) → (N, K).

    $$Y = X W + 1 b^T$$
    """
    return x @ w + b


def linear_backward(x: Tensor, w: Tensor, grad_y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    r"""The gradients of a loss L in x, w and b, from its gradient in y: (N, D), (D, K), (N, K) → (N, D), (D, K), (K,).

    $$\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Y} W^T, \quad
    \frac{\partial L}{\partial W} = X^T \frac{\partial L}{\partial Y}, \quad
    \frac{\partial L}{\partial b} = \sum_n \frac{\partial L}{\partial y_n}$$

    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), algorithm 6.4, for a batch in rows.
    """
    return grad_y @ w.T, x.T @ grad_y, grad_y.sum(0)

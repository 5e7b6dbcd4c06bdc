"""How far an oracle is from its formula: values and gradients in float64 against mpmath at more than 50 digits.

A formula is a function of arrays of mpmath numbers that returns the terms it adds up, in a list. The error is relative
to the largest of these terms (for a gradient, of their derivatives): no sum of floats can be held to more than that.
"""

import operator
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from hypothesis import settings
from hypothesis import strategies as st
from mpmath import mp, mpf
from torch import Tensor

TOLERANCE = 1e-12
DIGITS = 150  # a central difference with a step of 1e-50 then keeps well over 50 digits
STEP = mpf(10) ** -50

Terms = Callable[..., Sequence[Any]]

log = np.frompyfunc(mp.log, 1, 1)
exp = np.frompyfunc(mp.exp, 1, 1)

search = settings(derandomize=True, database=None, deadline=None, max_examples=60)


def powers_of_ten(smallest: float, largest: float) -> st.SearchStrategy[float]:
    """Floats spread evenly over orders of magnitude, which never come so near to 0 that STEP is large beside them."""
    return st.floats(smallest, largest).map(lambda exponent: 10.0**exponent)


def signed(magnitudes: st.SearchStrategy[float]) -> st.SearchStrategy[float]:
    """The magnitudes with either sign, and 0."""
    return st.builds(operator.mul, st.sampled_from([1, -1, 0]), magnitudes)


mus = signed(powers_of_ten(-12, 4))
sigmas = powers_of_ten(-6, 6)
logvars = st.floats(-60, 60)
probabilities = st.one_of(
    st.floats(0.001, 0.999), powers_of_ten(-12, -1), powers_of_ten(-12, -1).map(lambda distance: 1 - distance)
)


def tables(values: st.SearchStrategy[float], *shape: int) -> st.SearchStrategy[Tensor]:
    """Float64 tensors of one shape."""
    size = int(np.prod(shape))
    return st.lists(values, min_size=size, max_size=size).map(
        lambda flat: torch.tensor(flat, dtype=torch.float64).reshape(shape)
    )


def worst_error(oracle: Callable[..., Tensor], terms: Terms, *inputs: Tensor | float) -> float:
    """The largest error of the scalar that the oracle returns and of its derivatives by each element of the inputs."""
    leaves = [torch.as_tensor(each, dtype=torch.float64).clone().requires_grad_() for each in inputs]
    value = oracle(*leaves)
    gradients = torch.autograd.grad(value, leaves)
    with mp.workdps(DIGITS):
        exact = [np.array(_exact(leaf.tolist()), dtype=object) for leaf in leaves]
        by_element = [
            _relative(gradient[index].item(), _derivatives(terms, exact, argument, index))
            for argument, gradient in enumerate(gradients)
            for index in np.ndindex(gradient.shape)
        ]
        return max(_relative(value.item(), _flat(terms(*exact))), *by_element)


def _exact(value: Any) -> Any:
    return [_exact(each) for each in value] if isinstance(value, list) else mpf(value)


def _flat(terms: Sequence[Any]) -> list[mpf]:
    return [each for term in terms for each in np.asarray(term, dtype=object).flat]


def _derivatives(terms: Terms, inputs: list[Any], argument: int, index: tuple[int, ...]) -> list[mpf]:
    sides = []
    for step in (STEP, -STEP):
        moved = [each.copy() for each in inputs]
        moved[argument][index] += step
        sides.append(_flat(terms(*moved)))
    return [(above - below) / (2 * STEP) for above, below in zip(*sides, strict=True)]


def _relative(got: float, terms: list[mpf]) -> float:
    error, largest = abs(mp.fsum(terms) - mpf(got)), max(map(abs, terms))
    if not mp.isfinite(error):
        return float("inf")  # max() would let a NaN slip through
    return float(error / largest) if largest else (0.0 if error == 0 else float("inf"))

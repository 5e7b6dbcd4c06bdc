"""When two values are equal: shape, dtype, NaN and tolerance, in one place.

A value is judged against the *scale* of the terms that were added up to make it (a KL near 0 is a difference of large
numbers, and a right answer must not fail there), and against a *slack* for the eps guards that careful people put inside
logarithms. NaN is never equal to anything; an infinity equals an infinity of the same sign.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import torch
from torch import Tensor

from autograder.model import Opaque, Outcome

Verdict = Literal["equal", "not a tensor", "wrong type", "wrong shape", "broadcasts", "nan", "differs"]

TOLERANCE = {torch.float64: 1e-8, torch.float32: 1e-4, torch.float16: 2e-2, torch.bfloat16: 1e-1}
"""Allowed error per unit of scale. Inputs are exact in float32, so these cover rounding inside a formula alone."""


@dataclass(frozen=True)
class Expected:
    """What the oracle says of one call, all in float64.

    Attributes:
        value: the oracle's value.
        scale: of value's shape: sum of the absolute terms that were added up.
        slack: of value's shape: how far an eps guard of up to 1e-6 may move the value.
        gradients, gradient_scales, gradient_slacks: the same for each requested argument; empty if none were requested.
    """

    value: Tensor
    scale: Tensor
    slack: Tensor
    gradients: tuple[Tensor, ...] = ()
    gradient_scales: tuple[Tensor, ...] = ()
    gradient_slacks: tuple[Tensor, ...] = ()


def as_tensor(value: Any) -> Tensor | None:
    """The tensor meant by a returned value: itself, an array or number as a tensor, a tuple's first tensor; else None."""
    if isinstance(value, Tensor):
        return None if value.is_complex() else value
    if isinstance(value, bool) or value is None or isinstance(value, (str, bytes, Opaque, dict)):
        return None
    if isinstance(value, (int, float)):
        return torch.tensor(float(value), dtype=torch.float64)
    if isinstance(value, np.ndarray | np.generic):
        return torch.as_tensor(np.asarray(value)) if np.asarray(value).dtype.kind in "fiub" else None
    if isinstance(value, list | tuple) and value:
        return as_tensor(value[0])
    return None


def is_tensor(value: Any) -> bool:
    """Whether a tensor came back, alone or first in a tuple (not a float or an array)."""
    return isinstance(value, Tensor) or (isinstance(value, list | tuple) and len(value) > 0 and is_tensor(value[0]))


def judge(value: Any, expected: Expected) -> Verdict:
    """How a returned value compares with the oracle's. "not a tensor" means: a float or array whose value is right."""
    found = as_tensor(value)
    if found is None or found.is_complex():
        return "wrong type"
    if not same_shape(found, expected.value):
        return "broadcasts" if _broadcasts(found, expected) else "wrong shape"
    verdict = _close(found, expected.value, expected.scale, expected.slack)
    if verdict == "equal" and not is_tensor(value):
        return "not a tensor"
    return verdict


def judge_gradient(found: Tensor | None, expected: Expected, position: int) -> Verdict | Literal["missing"]:
    """How the gradient for requested argument number ``position`` compares; "missing" when none arrived."""
    reference = expected.gradients[position]
    if found is None:
        return "equal" if not reference.any() else "missing"
    if found.shape != reference.shape:
        return "wrong shape"
    if not found.any() and reference.abs().max() > 1e-6 * expected.gradient_scales[position].max():
        return "missing"
    scale, slack = expected.gradient_scales[position], expected.gradient_slacks[position]
    return _close(found, reference, scale, slack, factor=1e4 if found.dtype == torch.float64 else 10.0)


def same_shape(found: Tensor, expected: Tensor) -> bool:
    """Equal shapes up to axes of length 1 (keepdim, a 1-element tensor for a scalar)."""
    return [n for n in found.shape if n != 1] == [n for n in expected.shape if n != 1]


def close(a: Tensor, b: Tensor, scale: Tensor | float, factor: float = 1.0) -> Tensor:
    """Elementwise: equal up to rounding at the given scale. For laws that compare two answers with each other."""
    tolerance = factor * TOLERANCE.get(a.dtype, 1e-8)
    a, b = a.double(), b.double()
    return (a == b) | ((a - b).abs() <= tolerance * torch.as_tensor(scale, dtype=torch.float64))


def alike(a: "Evidence | None", b: "Evidence | None") -> bool:
    """Whether two failing answers fail in the same way: the same values and faults on the same inputs."""
    if a is None or b is None or len(a.values) != len(b.values):
        return False
    if all(value is None for value in a.values):
        return False
    tolerance = max(a.tolerance, b.tolerance)
    slacks: tuple[Tensor | float, ...] = a.slacks or (0.0,) * len(a.values)
    return all(same_value(x, y, tolerance, slack) for x, y, slack in zip(a.values, b.values, slacks, strict=True))


@dataclass(frozen=True)
class Evidence:
    """How an answer failed: one value per example (None where the call failed), equal up to ``tolerance``, relative, and
    ``slacks``, absolute: a mistake made with an eps guard, or in float32, is the same mistake."""

    values: tuple[Tensor | None, ...]
    tolerance: float = 1e-5
    slacks: tuple[Tensor | float, ...] = ()


def evidence(outcomes: Sequence[Outcome], expected: Sequence[Expected]) -> Evidence:
    """Values of a battery's outcomes as evidence."""
    values = tuple(None if o.fault else _double(as_tensor(o.value)) for o in outcomes)
    return Evidence(values, slacks=tuple(_slack(v, e) for v, e in zip(values, expected, strict=True)))


def _slack(value: Tensor | None, expected: Expected) -> Tensor | float:
    """What a guard may move a value by; where the value is further off than that, a small part of how far it is off, so that two
    mistakes which happen to be within a wide slack of each other are not taken for one."""
    slack = expected.slack + 1e-6 * expected.scale
    if value is None or value.numel() != expected.value.numel():
        return float(slack.max())
    off = (value - expected.value.reshape(value.shape)).abs()
    slack = slack.reshape(value.shape)
    return torch.where(off > slack, torch.minimum(slack, 0.02 * off), slack)


def _double(value: Tensor | None) -> Tensor | None:
    if value is None or value.is_complex():
        return None
    return value.double().squeeze()


def same_value(a: Tensor | None, b: Tensor | None, tolerance: float = 0.0, slack: Tensor | float = 0.0) -> bool:
    """Equal up to a relative tolerance and an absolute slack; NaN equals NaN, since how an answer fails is compared."""
    if a is None or b is None:
        return a is None and b is None
    if a.shape != b.shape:
        return False
    near = (a - b).abs() <= tolerance * (1 + torch.maximum(a.abs(), b.abs())) + slack
    return bool(((a == b) | near | (a.isnan() & b.isnan())).all())


def _close(found: Tensor, reference: Tensor, scale: Tensor, slack: Tensor, factor: float = 1.0) -> Verdict:
    tolerance = factor * TOLERANCE.get(found.dtype, 1e-8)
    value = found.double().reshape(reference.shape)
    if bool(value.isnan().any()):
        return "nan"
    good = (value == reference) | ((value - reference).abs() <= tolerance * scale + slack)
    return "equal" if bool(good.all()) else "differs"


def _broadcasts(found: Tensor, expected: Expected) -> bool:
    """The wrong shape, but every element equals the right value after broadcasting: right terms, wrong reduction."""
    try:
        value, scale, slack = (t.broadcast_to(found.shape) for t in (expected.value, expected.scale, expected.slack))
    except RuntimeError:
        return False
    return _close(found, value, scale, slack) == "equal"

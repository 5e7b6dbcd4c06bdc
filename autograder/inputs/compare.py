"""When two values are equal: shape, dtype, NaN and tolerance, in one place.

A value is judged against the *scale* of the terms that were added up to make it (a KL near 0 is a difference of large
numbers, and a right answer must not fail there), and against a *slack* for the eps guards that careful people put inside
logarithms. NaN is never equal to anything; an infinity equals an infinity of the same sign, and no tolerance reaches it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import torch
from torch import Tensor

from autograder.inputs.value import Absent, Keys, Layout, Leaf, Path, array, part, rows, span, unread
from autograder.inputs.words import kind_of
from autograder.model import Opaque, Outcome

Verdict = Literal[
    "equal", "not a tensor", "wrong type", "wrong shape", "broadcasts", "nan", "infinite", "differs", "absent"
]

TOLERANCE = {torch.float64: 1e-8, torch.float32: 1e-4, torch.float16: 2e-2, torch.bfloat16: 1e-1}
"""Allowed error per unit of scale. Inputs are exact in float32, so these cover rounding inside a formula alone."""

READABLE = 64  # readable numbers are multiples of its inverse
NO_SLOPE = 1e-7
"""A slope that no training notices: far out, where the right one is as small, a gradient may be off by it."""


@dataclass(frozen=True)
class Expected:
    """What the oracle says of one call, all in float64.

    Attributes:
        value: the oracle's value.
        scale: of value's shape: sum of the absolute terms that were added up.
        slack: of value's shape: how far an eps guard of up to 1e-6 may move the value.
        gradients, gradient_scales, gradient_slacks: the same for each requested argument; empty if none were requested.
        layout: how ``value`` was read (``inputs.value``); None where a tensor is asked for, and nothing else is.
        single: whether an argument was in float32; a number or a list does not say in what it was computed.
    """

    value: Tensor
    scale: Tensor
    slack: Tensor
    gradients: tuple[Tensor, ...] = ()
    gradient_scales: tuple[Tensor, ...] = ()
    gradient_slacks: tuple[Tensor, ...] = ()
    layout: Layout | None = None
    single: bool = False

    @property
    def meant(self) -> Any:
        """The oracle's value as it returned it, arrays as tensors."""
        return self.value if self.layout is None else unread(self.value, self.layout)

    def part(self, path: Path, tolerance: float | None = None) -> "Expected":
        """What is expected of the part of the value at ``path``; ``tolerance``, if given, is the part's own, absolute."""
        if self.layout is None:
            return self
        start, layout = span(self.layout, path)
        shape = layout.shape if isinstance(layout, Leaf) else (layout.size,)
        value, scale, slack = (
            row.reshape(-1)[start : start + layout.size].reshape(shape) for row in (self.value, self.scale, self.slack)
        )
        if tolerance is not None:
            scale, slack = torch.zeros_like(scale), torch.full_like(slack, tolerance)
        return replace(self, value=value, scale=scale, slack=slack, layout=layout)


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
    if expected.layout is not None:
        return _judge_laid_out(value, expected, expected.layout)
    found = as_tensor(value)
    if found is None or found.is_complex():
        return "wrong type"
    if not same_shape(found, expected.value):
        return "broadcasts" if _broadcasts(found, expected) else "wrong shape"
    verdict = _close(found, expected.value, expected.scale, expected.slack)
    if verdict == "equal" and not is_tensor(value):
        return "not a tensor"
    return verdict


def _judge_laid_out(value: Any, expected: Expected, layout: Layout) -> Verdict:
    """The same for values of any kind; a number may come as an array of one element, other shapes are what they are."""
    if isinstance(value, Absent):
        return "absent"
    found = rows(value, layout)
    if found is None:
        return "wrong type"
    if found.shape != expected.value.shape:
        if not isinstance(layout, Leaf) or layout.kind != "array":
            return "differs"
        return "broadcasts" if _broadcasts(found, expected) else "wrong shape"
    factor = TOLERANCE[torch.float32] / TOLERANCE.get(found.dtype, 1e-8) if expected.single else 1.0
    return _close(found, expected.value, expected.scale, expected.slack, max(1.0, factor))


def possible(value: Any, expected: Expected) -> bool:
    """Whether a value could be an answer, right or wrong: it is of the kind and shape asked for, or one of its parts is."""
    layout = expected.layout
    if layout is None or isinstance(layout, Leaf):
        return judge(value, expected) not in ("wrong type", "wrong shape", "nan", "infinite", "absent")
    names: list[int | str] = (
        [key for key, _ in layout.entries] if isinstance(layout, Keys) else [*range(len(layout.entries))]
    )
    return any(possible(part(value, (name,), len(names)), expected.part((name,))) for name in names)


def judge_gradient(
    found: Tensor | None, expected: Expected, position: int, at: Tensor | None = None
) -> Verdict | Literal["missing"]:
    """How the gradient for requested argument number ``position`` compares; "missing" when none arrived. With ``at``, the
    argument itself, only where its elements are generic: at a kink of |x| or max(x, 0) autograd may give either slope."""
    reference = expected.gradients[position]
    if at is not None and found is not None and found.shape == reference.shape == at.shape:
        kept = generic(at)
        return judge_gradient(found[kept], _at(expected, kept, position), 0) if bool(kept.any()) else "equal"
    if found is None:
        return "equal" if not reference.any() else "missing"
    if found.shape != reference.shape:
        return "wrong shape"
    if not found.any() and reference.abs().max() > 1e-6 * expected.gradient_scales[position].max():
        return "missing"
    scale, slack = expected.gradient_scales[position], expected.gradient_slacks[position]
    return _close(found, reference, scale, slack + NO_SLOPE, factor=1e4 if found.dtype == torch.float64 else 10.0)


def generic(x: Tensor) -> Tensor:
    """Where the elements are no readable numbers such as 0, ½ or -1.25: there, formulas have their kinks."""
    return x.double() * READABLE != (x.double() * READABLE).round()


def _at(expected: Expected, kept: Tensor, position: int) -> Expected:
    parts = expected.gradients, expected.gradient_scales, expected.gradient_slacks
    gradients, scales, slacks = ((part[position][kept],) for part in parts)
    return Expected(expected.value, expected.scale, expected.slack, gradients, scales, slacks)


def same_shape(found: Tensor, expected: Tensor) -> bool:
    """Equal shapes up to axes of length 1 (keepdim, a 1-element tensor for a scalar)."""
    return [n for n in found.shape if n != 1] == [n for n in expected.shape if n != 1]


def close(a: Tensor, b: Tensor, scale: Tensor | float, factor: float = 1.0) -> Tensor:
    """Elementwise: equal up to rounding at the given scale. For laws that compare two answers with each other."""
    tolerance = factor * TOLERANCE.get(a.dtype, 1e-8)
    return _near(a.double(), b.double(), tolerance * torch.as_tensor(scale, dtype=torch.float64))


def _near(a: Tensor, b: Tensor, bound: Tensor | float) -> Tensor:
    """Elementwise: equal, or both finite and no further apart than a finite ``bound``. Infinities match themselves alone."""
    distance = (a - b).abs()
    return (a == b) | (distance.isfinite() & (distance <= torch.as_tensor(bound).nan_to_num(nan=0.0, posinf=0.0)))


def alike(a: "Evidence | None", b: "Evidence | None") -> bool:
    """Whether two failing answers fail in the same way: the same values and faults on the same inputs."""
    if a is None or b is None or len(a.values) != len(b.values):
        return False
    if all(value is None for value in a.values):
        return False
    tolerance = max(a.tolerance, b.tolerance)
    slacks = a.slacks or (0.0,) * len(a.values)
    return all(same_value(x, y, tolerance, slack) for x, y, slack in zip(a.values, b.values, slacks, strict=True))


@dataclass(frozen=True)
class Evidence:
    """How an answer failed: one value per example (None where the call failed; words for what is no such value), equal up to
    ``tolerance``, relative, and ``slacks``, absolute: a mistake made with an eps guard, or in float32, is the same mistake."""

    values: tuple[Tensor | str | None, ...]
    tolerance: float = 1e-5
    slacks: tuple[float, ...] = ()


def evidence(outcomes: Sequence[Outcome], expected: Sequence[Expected]) -> Evidence:
    """Values of a battery's outcomes as evidence."""
    values = tuple(None if o.fault else shown(o.value, e) for o, e in zip(outcomes, expected, strict=True))
    return Evidence(values, slacks=tuple(_largest(e.slack + 1e-6 * e.scale) for e in expected))


def shown(value: Any, expected: Expected) -> Tensor | str | None:
    """A returned value as evidence: as numbers where they can be read, else in words."""
    layout = expected.layout
    if layout is None:
        return _double(as_tensor(value))
    if isinstance(value, Absent):
        return kind_of(value)
    found = rows(value, layout)
    if found is None and isinstance(layout, Leaf) and layout.kind in ("array", "list"):
        found = array(value)
    return kind_of(value) if found is None else found.double()


def _largest(slack: Tensor) -> float:
    return float(slack.max()) if slack.numel() else 0.0


def _double(value: Tensor | None) -> Tensor | None:
    if value is None or value.is_complex():
        return None
    return value.double().squeeze()


def same_value(a: Tensor | str | None, b: Tensor | str | None, tolerance: float = 0.0, slack: float = 0.0) -> bool:
    """Equal up to a relative tolerance and an absolute slack; NaN equals NaN, since how an answer fails is compared."""
    if not isinstance(a, Tensor) or not isinstance(b, Tensor):
        return a is b or (isinstance(a, str) and a == b)
    if a.shape != b.shape:
        return False
    near = _near(a, b, tolerance * (1 + torch.maximum(a.abs(), b.abs())) + slack)
    return bool((near | (a.isnan() & b.isnan())).all())


def _close(found: Tensor, reference: Tensor, scale: Tensor, slack: Tensor, factor: float = 1.0) -> Verdict:
    tolerance = factor * TOLERANCE.get(found.dtype, 1e-8)
    value = found.double().reshape(reference.shape)
    if bool(value.isnan().any()):
        return "nan"
    if bool(_near(value, reference, tolerance * scale + slack).all()):
        return "equal"
    return "infinite" if bool((value.isinf() & reference.isfinite()).all()) else "differs"


def _broadcasts(found: Tensor, expected: Expected) -> bool:
    """The wrong shape, but every element equals the right value after broadcasting: right terms, wrong reduction."""
    try:
        value, scale, slack = (t.broadcast_to(found.shape) for t in (expected.value, expected.scale, expected.slack))
    except RuntimeError:
        return False
    return _close(found, value, scale, slack) == "equal"

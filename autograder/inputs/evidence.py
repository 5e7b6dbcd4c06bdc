"""How an answer fails: its values on a battery, by which a wrong answer that is known is recognised."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from autograder.inputs.compare import Expected, as_tensor, close_to
from autograder.inputs.value import Absent, Leaf, array, rows
from autograder.inputs.words import kind_of
from autograder.model import Outcome


def alike(a: "Evidence | None", b: "Evidence | None", scale: float = 1.0) -> bool:
    """Whether two failing answers fail in the same way: the same values and faults on the same inputs; ``scale``: a's values are
    that multiple of b's."""
    if a is None or b is None or len(a.values) != len(b.values):
        return False
    if all(value is None for value in a.values):
        return False
    tolerance = max(a.tolerance, b.tolerance)
    slacks: tuple[Tensor | float, ...] = a.slacks or (0.0,) * len(a.values)
    values = [scale * value if isinstance(value, Tensor) else value for value in b.values]
    return all(same_value(x, y, tolerance, slack) for x, y, slack in zip(a.values, values, slacks, strict=True))


@dataclass(frozen=True)
class Evidence:
    """How an answer failed: one value per example (None where the call failed; words for what is no such value), equal up to
    ``tolerance``, relative, and ``slacks``, absolute: a mistake made with an eps guard, or in float32, is the same mistake.
    ``wanted``: the right values, where they are known."""

    values: tuple[Tensor | str | None, ...]
    tolerance: float = 1e-5
    slacks: tuple[Tensor | float, ...] = ()
    wanted: tuple[Tensor, ...] = ()

    def is_multiple_of_right(self, scale: float) -> bool:
        """Whether the values are that multiple of the right ones, so that no other mistake is in them."""
        right = Evidence(tuple(_double(value) for value in self.wanted), self.tolerance)
        return alike(self, right, scale)


def evidence(outcomes: Sequence[Outcome], expected: Sequence[Expected]) -> Evidence:
    """Values of a battery's outcomes as evidence."""
    values = tuple(None if o.fault else shown(o.value, e) for o, e in zip(outcomes, expected, strict=True))
    slacks = tuple(_slack(v, e) for v, e in zip(values, expected, strict=True))
    return Evidence(values, slacks=slacks, wanted=tuple(e.value for e in expected))


def _slack(value: Tensor | str | None, expected: Expected) -> Tensor | float:
    """What a guard may move a value by; where the value is further off than that, a small part of how far it is off, so that two
    mistakes which happen to be within a wide slack of each other are not taken for one."""
    slack = expected.slack + 1e-6 * expected.scale
    if not isinstance(value, Tensor) or value.numel() != expected.value.numel():
        return float(slack.max()) if slack.numel() else 0.0
    off = (value - expected.value.reshape(value.shape)).abs()
    slack = slack.reshape(value.shape)
    return torch.where(off > slack, torch.minimum(slack, 0.02 * off), slack)


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


def _double(value: Tensor | None) -> Tensor | None:
    if value is None or value.is_complex():
        return None
    return value.double().squeeze()


def same_value(
    a: Tensor | str | None, b: Tensor | str | None, tolerance: float = 0.0, slack: Tensor | float = 0.0
) -> bool:
    """Equal up to a relative tolerance and an absolute slack; NaN equals NaN, since how an answer fails is compared."""
    if not isinstance(a, Tensor) or not isinstance(b, Tensor):
        return a is b or (isinstance(a, str) and a == b)
    if a.shape != b.shape:
        return False
    if a.dtype == b.dtype and torch.equal(a, b):  # the usual case; infinities match themselves
        return True
    near = close_to(a, b, tolerance * (1 + torch.maximum(a.abs(), b.abs())) + slack)
    return bool((near | (a.isnan() & b.isnan())).all())

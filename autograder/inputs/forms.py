"""A battery's calls in forms that some answers need."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import torch

from autograder.inputs.arrays import in_dtype
from autograder.inputs.compare import Expected
from autograder.model import Call


class Asked(Protocol):
    """What of a battery a form needs."""

    @property
    def gradients(self) -> Sequence[int]: ...
    def expect(self, call: Call) -> Expected: ...


@dataclass(frozen=True)
class Form:
    """Calls of a battery in another form, with what to note when an answer needs it ("" for nothing)."""

    note: str
    calls: tuple[Call, ...]
    battery: Asked

    @cached_property
    def expected(self) -> tuple[Expected, ...]:
        gradients = tuple(self.battery.gradients)  # expected even of an answer that can be asked without them only
        return tuple(self.battery.expect(replace(call, gradients=gradients)) for call in self.calls)


def as_dtype(dtype: torch.dtype, call: Call) -> Call:
    """The call with floating numbers in ``dtype``."""
    return replace(call, args=in_dtype(dtype, call.args))


def in_float32(call: Call) -> Call:
    """The call in float32."""
    return as_dtype(torch.float32, call)

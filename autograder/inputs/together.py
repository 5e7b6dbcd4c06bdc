"""Whether everything that came back is right, in one pass over all elements; ``compare`` judges one by one what is not."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from autograder.inputs.compare import NO_SLOPE, TOLERANCE, Expected, close_to, generic, same_shape
from autograder.model import Call, Outcome


@dataclass(frozen=True)
class Rows:
    """What is expected of several tensors, end to end: references, their scales and slacks, and which elements count."""

    reference: Tensor
    scale: Tensor
    slack: Tensor
    kept: Tensor
    whose: Tensor  # number of the tensor that an element belongs to

    @classmethod
    def of(cls, rows: Sequence[tuple[Tensor, Tensor, Tensor, Tensor]]) -> "Rows":
        reference, scale, slack, kept = (
            torch.cat([p.reshape(-1) for p in column]) for column in zip(*rows, strict=True)
        )
        sizes = torch.tensor([row[0].numel() for row in rows])
        return cls(reference, scale, slack, kept, torch.repeat_interleave(torch.arange(len(rows)), sizes))

    def all_close(self, found: Sequence[Tensor], tolerances: Sequence[float]) -> bool:
        bound = torch.tensor(tolerances, dtype=torch.float64)[self.whose] * self.scale + self.slack
        return bool((close_to(self._flat(found), self.reference, bound) | ~self.kept).all())

    def none_is_missing(self, found: Sequence[Tensor]) -> bool:
        """Whether each tensor has an element that counts and is not 0, where the reference is more than nothing."""
        there = self._in_each((self._flat(found) != 0) & self.kept)
        return bool((there | ~self._wanted).all())

    @cached_property
    def _wanted(self) -> Tensor:
        scales = self.scale * self.kept
        largest = torch.stack([scales[self.whose == i].max() for i in range(int(self.whose[-1]) + 1)])
        return self._in_each((self.reference.abs() > 1e-6 * largest[self.whose]) & self.kept)

    def _in_each(self, elements: Tensor) -> Tensor:
        """Whether there is one in each tensor."""
        counts = torch.zeros(int(self.whose[-1]) + 1, dtype=torch.float64)
        return counts.index_add_(0, self.whose, elements.double()) > 0

    @staticmethod
    def _flat(found: Sequence[Tensor]) -> Tensor:
        return torch.cat([one.double().reshape(-1) for one in found])


@dataclass(frozen=True)
class Together:
    """What is expected of ``calls``, to judge all outcomes at once: True is what judging one by one says, False nothing."""

    calls: tuple[Call, ...]
    expected: tuple[Expected, ...]
    gradients: tuple[int, ...]

    def values_right(self, outcomes: Sequence[Outcome]) -> bool:
        """Whether every value is a tensor that equals the oracle's."""
        found = [outcome.value for outcome in outcomes]
        alike = (
            isinstance(value, Tensor) and e.layout is None and not value.is_complex() and same_shape(value, e.value)
            for value, e in zip(found, self.expected, strict=True)
        )
        return (
            bool(found)
            and all(alike)
            and self._values.all_close(found, [TOLERANCE.get(value.dtype, 1e-8) for value in found])
        )

    @cached_property
    def _values(self) -> Rows:
        return Rows.of([(e.value, e.scale, e.slack, torch.ones_like(e.value, dtype=torch.bool)) for e in self.expected])

    def gradients_right(self, outcomes: Sequence[Outcome]) -> bool:
        """Whether every gradient arrived and equals the oracle's wherever its argument is generic."""
        if any(outcome.fault or outcome.gradient_fault for outcome in outcomes):
            return False
        found = [gradient for outcome in outcomes for gradient in outcome.gradients]
        shapes = [gradient.shape for e in self.expected for gradient in e.gradients]
        if not found or [getattr(gradient, "shape", None) for gradient in found] != shapes or self._slopes is None:
            return False
        factors = [1e4 if gradient.dtype == torch.float64 else 10.0 for gradient in found]
        tolerances = [f * TOLERANCE.get(g.dtype, 1e-8) for f, g in zip(factors, found, strict=True)]
        return self._slopes.none_is_missing(found) and self._slopes.all_close(found, tolerances)

    @cached_property
    def _slopes(self) -> Rows | None:
        rows = []
        for call, e in zip(self.calls, self.expected, strict=True):
            at = [call.args[position] for position in self.gradients]
            if [getattr(one, "shape", None) for one in at] != [gradient.shape for gradient in e.gradients]:
                return None
            slacks = [slack + NO_SLOPE for slack in e.gradient_slacks]
            rows += list(zip(e.gradients, e.gradient_scales, slacks, map(generic, at), strict=True))
        return Rows.of(rows) if rows and all(row[0].numel() for row in rows) else None

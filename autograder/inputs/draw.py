"""What a draw may be made of: the location and spread of the right one and those that mistakes put in their place.

With one seed and one shape an answer draws the same noise in every call, so that z = location + noise · spread can be read from
its values for other arguments: exactly, element by element.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from autograder.inputs.formula import Argument, Term
from autograder.inputs.given import Args

_SEED, _GENERIC = 4711, 12


@dataclass(frozen=True)
class Draw:
    """What a sampler's draws are read back as.

    Attributes:
        arguments: one per argument of the sampler: where generic numbers come from, and along which borders are looked for.
        location: the right one.
        spreads: the right one first; then those that mistakes put in its place.
        shape: of the draws.
    """

    arguments: tuple[Argument, ...]
    location: Term
    spreads: tuple[Term, ...]
    shape: tuple[int, int] = (40, 32)

    @property
    def seed(self) -> int:
        return _SEED

    @cached_property
    def numbers(self) -> Tensor:
        """Generic arguments, a row a call."""
        generator = torch.Generator().manual_seed(23)
        columns = [argument.domain.fill(generator, _GENERIC).float().double() for argument in self.arguments]
        return torch.stack(columns, 1)

    @cached_property
    def swept(self) -> Tensor:
        """Arguments of which one goes through its numbers and the others stand still, a row a call."""
        still = [argument.domain.readable[0] for argument in self.arguments]
        rows = [
            [*still[:i], number, *still[i + 1 :]]
            for i, argument in enumerate(self.arguments)
            for number in sorted(argument.sweep)
        ]
        return torch.tensor(rows, dtype=torch.float64)

    def args(self, row: Tensor) -> Args:
        return tuple(torch.full(self.shape, float(number), dtype=torch.float64) for number in row)

    @cached_property
    def values(self) -> tuple[tuple[Tensor, ...], tuple[Tensor, ...]]:
        """The location and the spreads, a vector each, at the generic rows and at those swept."""
        return self._values(self.numbers), self._values(self.swept)

    def _values(self, rows: Tensor) -> tuple[Tensor, ...]:
        columns: Sequence[Tensor] = list(rows.unbind(1))
        return tuple(term.function(*columns).double() for term in (self.location, *self.spreads))

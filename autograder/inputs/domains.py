"""Where the elements of an argument come from: numbers a person can compute with, and generic ones."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor


@dataclass(frozen=True)
class Domain:
    """Where an argument's elements come from.

    Attributes:
        readable: elements a person can compute with, simplest first.
        fill: (generator, n) -> n generic elements.
        dtype: of the arrays; floating numbers are exact in float32.
        plain: whether the argument is a single Python number in place of an array.
        values: what the argument is one of, simplest first, where it is no array at all.
        sized: sizes by name -> the domain for them, where it depends on these.
    """

    readable: tuple[float, ...]
    fill: Callable[[torch.Generator, int], Tensor]
    dtype: torch.dtype = torch.float32
    plain: bool = False
    values: tuple[Any, ...] = ()
    sized: "Callable[[Mapping[str, int]], Domain] | None" = None

    def at(self, sizes: Mapping[str, int]) -> "Domain":
        """The domain for these sizes."""
        return self.sized(sizes) if self.sized else self


def real(bound: float = 10.0) -> Domain:
    """Real numbers: mostly of order 1, some up to ``bound`` in magnitude."""

    def fill(generator: torch.Generator, n: int) -> Tensor:
        size = torch.pow(bound, torch.rand(n, generator=generator, dtype=torch.float64) * 1.3 - 0.3)
        return size.clamp(max=bound) * (2 * torch.rand(n, generator=generator, dtype=torch.float64) - 1)

    readable = (0.0, 1.0, -1.0, 2.0, 0.5, -2.0, 3.0, -0.5)
    return Domain(tuple(v for v in readable if abs(v) <= bound), fill)


def positive(low: float = 0.05, high: float = 20.0) -> Domain:
    """Positive numbers, spread evenly over the orders of magnitude from ``low`` to ``high``."""

    def fill(generator: torch.Generator, n: int) -> Tensor:
        u = torch.rand(n, generator=generator, dtype=torch.float64)
        return torch.exp(math.log(low) + u * (math.log(high) - math.log(low)))

    return Domain(tuple(v for v in (1.0, 2.0, 0.5, 3.0, 4.0, 0.25) if low <= v <= high), fill)


def interval(low: float, high: float, readable: Sequence[float] = ()) -> Domain:
    """Numbers evenly spread between ``low`` and ``high``; the ``readable`` ones, simplest first, are for counterexamples: the
    middle and the quarters where none are named."""

    def fill(generator: torch.Generator, n: int) -> Tensor:
        return low + (high - low) * torch.rand(n, generator=generator, dtype=torch.float64)

    return Domain(tuple(readable) or tuple(low + (high - low) * part for part in (0.5, 0.25, 0.75)), fill)


def probability(edge: float = 1e-3) -> Domain:
    """Probabilities in (0, 1), spread evenly in log-odds up to ``edge`` from either end."""
    odds = math.log((1 - edge) / edge)

    def fill(generator: torch.Generator, n: int) -> Tensor:
        return torch.sigmoid(odds * (2 * torch.rand(n, generator=generator, dtype=torch.float64) - 1))

    return Domain((0.5, 0.25, 0.75, 0.125, 0.875, 0.0625), fill)


def bits() -> Domain:
    """Pixels in [0, 1], half of them exactly 0 or 1."""

    def fill(generator: torch.Generator, n: int) -> Tensor:
        u = torch.rand(n, generator=generator, dtype=torch.float64)
        return (1.5 * u - 0.25).clamp(0, 1)

    return Domain((0.0, 1.0, 0.5, 0.25), fill)


def integers(low: int, high: int) -> Domain:
    """Whole numbers from ``low`` to ``high``, both included (int64)."""

    def fill(generator: torch.Generator, n: int) -> Tensor:
        return torch.randint(low, high + 1, (n,), generator=generator)

    near = sorted(range(low, high + 1), key=lambda v: (abs(v), -v)) if high - low < 64 else [low, low + 1, high]
    return Domain(tuple(map(float, near[:8])), fill, torch.int64)


def class_labels(classes: int | str) -> Domain:
    """Labels of classes: whole numbers from 0 to ``classes`` - 1; a name stands for the size of that name in ``shapes``."""
    if isinstance(classes, int):
        return integers(0, classes - 1)
    return Domain((), _nothing, torch.int64, sized=lambda sizes: integers(0, sizes[classes] - 1))


def booleans(share: float = 0.5) -> Domain:
    """Truth values, ``share`` of them True."""

    def fill(generator: torch.Generator, n: int) -> Tensor:
        return torch.rand(n, generator=generator) < share

    return Domain((1.0, 0.0), fill, torch.bool)


def number(domain: Domain) -> Domain:
    """One element of a domain of numbers as a Python number."""
    return replace(domain, plain=True)


def choices(*values: Any) -> Domain:
    """One of these values, simplest first: a Python number, a text, a tuple, None."""
    return Domain((), _nothing, values=values)


def texts(alphabet: str, longest: int = 12) -> Domain:
    """Texts of up to ``longest`` letters of an alphabet whose simplest letters come first."""
    generator = torch.Generator().manual_seed(0)

    def word(length: int) -> str:
        places = torch.randint(0, len(alphabet), (length,), generator=generator).tolist()
        return "".join(alphabet[place] for place in places)

    short = [alphabet[0], alphabet[:2], alphabet[1::-1], alphabet[0] * 2, alphabet[:3]]
    longer = [word(1 + (longest - 1) * i // 26) for i in range(27)]
    return choices(*dict.fromkeys([*short, *longer]))


def _nothing(generator: torch.Generator, n: int) -> Tensor:
    return torch.zeros(n)

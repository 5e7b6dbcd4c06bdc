"""Where the elements of an argument come from: numbers a person can compute with, and generic ones."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Domain:
    """Where an argument's elements come from.

    ``readable``: elements a person can compute with, simplest first; ``fill(generator, n)``: n generic elements.
    """

    readable: tuple[float, ...]
    fill: Callable[[torch.Generator, int], Tensor]


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


def interval(low: float, high: float, readable: Sequence[float]) -> Domain:
    """Numbers evenly spread between ``low`` and ``high``."""

    def fill(generator: torch.Generator, n: int) -> Tensor:
        return low + (high - low) * torch.rand(n, generator=generator, dtype=torch.float64)

    return Domain(tuple(readable), fill)


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

"""Domains and shapes of a function's arguments: where its examples come from, the readable ones in full."""

import itertools
import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import torch
from torch import Tensor

from autograder.inputs.domains import Domain

Shape = Any
"""A tuple of lengths; for a list of arrays a list of such tuples; of no account where the argument is no array."""
Args = tuple[Any, ...]


@dataclass(frozen=True)
class Inputs:
    """Domains and shapes of a function's arguments: where examples are drawn from and shrunk to.

    Each entry of ``shapes``, simplest first, gives one shape per argument. A tensor of up to four elements is drawn from
    the readable values or as generic numbers; a larger one is filled from a drawn seed. ``sizes`` holds the named lengths of each
    entry; ``make``, if given, turns drawn arguments into those that are asked.
    """

    domains: tuple[Domain, ...]
    shapes: tuple[tuple[Shape, ...], ...]
    sizes: tuple[Mapping[str, int], ...] = ()
    make: Callable[..., Args] | None = None

    def draw(self, count: int, key: str) -> tuple[Args, ...]:
        """``count`` different examples, as many of each entry of ``shapes``, simplest first; always the same ones.

        Only the first entry gets readable numbers: many wrong formulas are right at 0 and 1.
        """
        shares = [count // len(self.shapes) + (i < count % len(self.shapes)) for i in range(len(self.shapes))]
        from autograder.inputs.search import draw, strategy  # Hypothesis, which recorded examples do without

        found = [
            args for i, share in enumerate(shares) for args in draw(strategy(self, i, readable=i == 0), share, key)
        ]
        return tuple(sorted(found, key=size))

    def shrink(self, fails: Callable[[Args], bool], key: str) -> Args | None:
        """The smallest failing example found, of the simplest entry of ``shapes`` that has one; None if none failed."""
        from autograder.inputs.search import shrink, strategy  # as above

        for i in range(len(self.shapes)):
            found = shrink(strategy(self, i), fails, key)
            if found is not None:
                return found
        return None

    def domains_of(self, i: int) -> tuple[Domain, ...]:
        """The domains for the sizes of entry ``i`` of ``shapes``."""
        return tuple(domain.at(self.sizes[i]) for domain in self.domains) if self.sizes else self.domains

    def made(self, args: Args) -> Args:
        return args if self.make is None else tuple(self.make(*args))

    @cached_property
    def ladder(self) -> tuple[Args, ...]:
        """Readable examples, simplest first: of the simplest shapes all there are, or 96; then 8 of each other small entry."""
        small = [i for i, shapes in enumerate(self.shapes) if i and sum(map(_elements, shapes)) <= 16]
        return (*self._readable(0, 96), *(args for i in small for args in self._readable(i, 8)))

    def _readable(self, i: int, count: int) -> tuple[Args, ...]:
        domains, shapes = self.domains_of(i), self.shapes[i]
        sizes = [1 if domain.values else _elements(shape) for domain, shape in zip(domains, shapes, strict=True)]
        slots: list[Sequence[Any]] = [
            domain.values or domain.readable for domain, size in zip(domains, sizes, strict=True) for _ in range(size)
        ]
        if math.prod(map(len, slots)) <= 4096:
            rows = list(itertools.product(*slots))
        else:
            chance = random.Random(0)
            rows = [tuple(chance.choice(slot) for slot in slots) for _ in range(512)]
        found = (self.made(_fold(row, domains, shapes)) for row in rows)
        return tuple(sorted(found, key=size)[:count])


def _elements(shape: Shape) -> int:
    return sum(map(math.prod, shape)) if isinstance(shape, list) else math.prod(shape)


def _fold(row: Sequence[Any], domains: Sequence[Domain], shapes: Sequence[Shape]) -> Args:
    numbers = iter(row)

    def array(shape: tuple[int, ...], domain: Domain) -> Any:
        made = torch.tensor(list(itertools.islice(numbers, math.prod(shape))), dtype=domain.dtype).reshape(shape)
        return made.item() if domain.plain else made

    def argument(domain: Domain, shape: Shape) -> Any:
        if domain.values:
            return next(numbers)
        return [array(one, domain) for one in shape] if isinstance(shape, list) else array(shape, domain)

    return tuple(argument(domain, shape) for domain, shape in zip(domains, shapes, strict=True))


def size(args: Args) -> tuple[float, ...]:
    """Order of examples by how easily a person computes them: few, short, small numbers; texts count by letter."""
    numbers = [x for arg in args for x in _numbers(arg)]
    digits = sum(len(f"{x:.6g}") for x in numbers)
    return (len(numbers), digits, sum(abs(x) for x in numbers), *numbers[:8])


def _numbers(arg: Any) -> list[float]:
    if isinstance(arg, Tensor):
        return [float(x) for x in arg.flatten().tolist()]
    if isinstance(arg, str):
        return [float(ord(letter)) for letter in arg]
    return [x for entry in arg for x in _numbers(entry)] if isinstance(arg, list | tuple) else []

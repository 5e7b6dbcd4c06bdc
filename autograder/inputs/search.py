"""The one file that knows Hypothesis: draws the examples of a battery once, shrinks one that fails."""

import itertools
import math
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar
from zlib import crc32

import torch
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from torch import Tensor

from autograder.inputs.domains import Domain

FAR = 10**30
T = TypeVar("T")
Shape = tuple[int, ...]
Args = tuple[Any, ...]


@dataclass(frozen=True)
class Inputs:
    """Domains and shapes of a function's arguments: where examples are drawn from and shrunk to.

    Each entry of ``shapes``, simplest first, gives one shape per argument. A tensor of up to four elements is drawn from
    the readable values or as generic numbers; a larger one is filled from a drawn seed.
    """

    domains: tuple[Domain, ...]
    shapes: tuple[tuple[Shape, ...], ...]

    def draw(self, count: int, key: str) -> tuple[Args, ...]:
        """``count`` different examples, as many of each entry of ``shapes``, simplest first; always the same ones.

        Only the first entry gets readable numbers: many wrong formulas are right at 0 and 1.
        """
        shares = [count // len(self.shapes) + (i < count % len(self.shapes)) for i in range(len(self.shapes))]
        found = [
            args
            for i, share in enumerate(shares)
            for args in draw(self._strategy((self.shapes[i],), readable=i == 0), share, key)
        ]
        return tuple(sorted(found, key=_size))

    def shrink(self, fails: Callable[[Args], bool], key: str) -> Args | None:
        """The smallest failing example found, of the simplest entry of ``shapes`` that has one; None if none failed."""
        for entry in self.shapes:
            found = shrink(self._strategy((entry,)), fails, key)
            if found is not None:
                return found
        return None

    def _strategy(self, shapes: tuple[tuple[Shape, ...], ...], readable: bool = True) -> SearchStrategy[Args]:
        @st.composite
        def draw_all(draw: st.DrawFn) -> Args:
            chosen = zip(self.domains, draw(_one_of(shapes)), strict=True)
            return tuple(draw(_tensor(domain, shape, readable, i)) for i, (domain, shape) in enumerate(chosen))

        return draw_all()

    @cached_property
    def ladder(self) -> tuple[Args, ...]:
        """Readable examples, simplest first: of the simplest shapes all there are, or 96; then 8 of each other small entry."""
        first, *others = self.shapes
        small = [shapes for shapes in others if sum(map(math.prod, shapes)) <= 16]
        return (*self._readable(first, 96), *(args for shapes in small for args in self._readable(shapes, 8)))

    def _readable(self, shapes: tuple[Shape, ...], count: int) -> tuple[Args, ...]:
        sizes = [math.prod(shape) for shape in shapes]
        slots = [domain.readable for domain, size in zip(self.domains, sizes, strict=True) for _ in range(size)]
        if math.prod(map(len, slots)) <= 4096:
            rows = list(itertools.product(*slots))
        else:
            chance = random.Random(0)
            rows = [tuple(chance.choice(slot) for slot in slots) for _ in range(512)]
        return tuple(sorted((_fold(row, shapes) for row in rows), key=_size)[:count])


def _fold(row: Sequence[float], shapes: Sequence[Shape]) -> Args:
    numbers = iter(row)
    return tuple(torch.tensor(list(itertools.islice(numbers, math.prod(shape)))).reshape(shape) for shape in shapes)


def arguments(*domains: Domain, shapes: Sequence[Sequence[Shape]]) -> Inputs:
    """Inputs of a function, one domain per argument."""
    return Inputs(domains, tuple(tuple(map(tuple, entry)) for entry in shapes))


def _one_of(options: Sequence[T]) -> SearchStrategy[T]:
    """One of the options, shrinking to the first. Its place is drawn from numbers that stand in nobody's source: Hypothesis
    mixes constants of the modules that happen to be loaded into what it draws, and every front end must draw the same."""
    return st.integers(FAR, FAR + len(options) - 1).map(lambda place: options[place - FAR])


@st.composite
def _tensor(draw: st.DrawFn, domain: Domain, shape: Shape, readable: bool, position: int) -> Tensor:
    size = math.prod(shape)
    key = draw(_one_of(range(0 if readable else 1, 1024)))  # 0, the simplest, stands for readable values alone
    few = size <= 4
    numbers = [draw(_one_of(domain.readable)) for _ in range(size)] if few else (list(domain.readable) * size)[:size]
    values = torch.tensor(numbers, dtype=torch.float64)
    if key:
        values = domain.fill(torch.Generator().manual_seed(1024 * position + key), size)  # equal keys, other numbers
    return values.reshape(shape).float()


def draw(inputs: SearchStrategy[Args], count: int, key: str) -> tuple[Args, ...]:
    """``count`` different examples, always the same ones for the same strategy and ``key``, simplest first."""
    found: dict[str, Args] = {}

    @seed(crc32(key.encode()))
    @settings(
        max_examples=8 * count,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(inputs)
    def collect(args: Args) -> None:
        if len(found) >= count:
            raise _Enough
        found.setdefault(repr(args), args)

    with suppress(_Enough):
        collect()
    return tuple(sorted(found.values(), key=_size))


def shrink(inputs: SearchStrategy[Args], fails: Callable[[Args], bool], key: str, *, budget: int = 60) -> Args | None:
    """The smallest example found for which ``fails`` holds, after at most ``budget`` evaluations; None if none failed."""
    smallest: list[Args] = []
    left = budget
    seen: dict[str, bool] = {}

    def failing(args: Args) -> bool:
        nonlocal left
        name = repr(args)
        if name not in seen:
            if left <= 0:
                return False
            left -= 1
            seen[name] = fails(args)
        return seen[name]

    @seed(crc32(key.encode()))
    @settings(
        max_examples=max(10, budget // 3),
        phases=[Phase.generate, Phase.shrink],
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(inputs)
    def search(args: Args) -> None:
        if failing(args):
            if not smallest or _size(args) < _size(smallest[0]):
                smallest[:] = [args]
            raise _Found

    # Hypothesis may call the end of the budget "flaky": by then the smallest example is in hand.
    with suppress(_Found, BaseExceptionGroup, Exception):
        search()
    return smallest[0] if smallest else None


class _Enough(Exception):
    pass


class _Found(Exception):
    pass


def _size(args: Args) -> tuple[float, ...]:
    """Order of examples by how easily a person computes them: few numbers, short numbers, small numbers."""
    numbers = [float(x) for arg in args if isinstance(arg, Tensor) for x in arg.flatten().tolist()]
    digits = sum(len(f"{x:.6g}") for x in numbers)
    return (len(numbers), digits, sum(abs(x) for x in numbers), *numbers[:8])

"""The one file that knows Hypothesis: draws the examples of a battery once, shrinks one that fails."""

import itertools
import math
import random
from collections.abc import Callable, Mapping, Sequence
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
        found = [
            args for i, share in enumerate(shares) for args in draw(self._strategy(i, readable=i == 0), share, key)
        ]
        return tuple(sorted(found, key=_size))

    def shrink(self, fails: Callable[[Args], bool], key: str) -> Args | None:
        """The smallest failing example found, of the simplest entry of ``shapes`` that has one; None if none failed."""
        for i in range(len(self.shapes)):
            found = shrink(self._strategy(i), fails, key)
            if found is not None:
                return found
        return None

    def _domains(self, i: int) -> tuple[Domain, ...]:
        """The domains for the sizes of entry ``i`` of ``shapes``."""
        return tuple(domain.at(self.sizes[i]) for domain in self.domains) if self.sizes else self.domains

    def _made(self, args: Args) -> Args:
        return args if self.make is None else tuple(self.make(*args))

    def _strategy(self, i: int, readable: bool = True) -> SearchStrategy[Args]:
        @st.composite
        def draw_all(draw: st.DrawFn) -> Args:
            chosen = zip(self._domains(i), draw(_one_of((self.shapes[i],))), strict=True)
            return self._made(
                tuple(draw(_argument(domain, shape, readable, i)) for i, (domain, shape) in enumerate(chosen))
            )

        return draw_all()

    @cached_property
    def ladder(self) -> tuple[Args, ...]:
        """Readable examples, simplest first: of the simplest shapes all there are, or 96; then 8 of each other small entry."""
        small = [i for i, shapes in enumerate(self.shapes) if i and sum(map(_elements, shapes)) <= 16]
        return (*self._readable(0, 96), *(args for i in small for args in self._readable(i, 8)))

    def _readable(self, i: int, count: int) -> tuple[Args, ...]:
        domains, shapes = self._domains(i), self.shapes[i]
        sizes = [1 if domain.values else _elements(shape) for domain, shape in zip(domains, shapes, strict=True)]
        slots: list[Sequence[Any]] = [
            domain.values or domain.readable for domain, size in zip(domains, sizes, strict=True) for _ in range(size)
        ]
        if math.prod(map(len, slots)) <= 4096:
            rows = list(itertools.product(*slots))
        else:
            chance = random.Random(0)
            rows = [tuple(chance.choice(slot) for slot in slots) for _ in range(512)]
        found = (self._made(_fold(row, domains, shapes)) for row in rows)
        return tuple(sorted(found, key=_size)[:count])


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


def _one_of(options: Sequence[T]) -> SearchStrategy[T]:
    """One of the options, shrinking to the first. Its place is drawn from numbers that stand in nobody's source: Hypothesis
    mixes constants of the modules that happen to be loaded into what it draws, and every front end must draw the same."""
    return st.integers(FAR, FAR + len(options) - 1).map(lambda place: options[place - FAR])


@st.composite
def _argument(draw: st.DrawFn, domain: Domain, shape: Shape, readable: bool, position: int) -> Any:
    if domain.values:
        return draw(_one_of(domain.values))
    if isinstance(shape, list):
        return [draw(_tensor(domain, one, readable, 16 * position + i)) for i, one in enumerate(shape)]
    made = draw(_tensor(domain, shape, readable, position))
    return made.item() if domain.plain else made


@st.composite
def _tensor(draw: st.DrawFn, domain: Domain, shape: Shape, readable: bool, position: int) -> Tensor:
    size = math.prod(shape)
    key = draw(_one_of(range(0 if readable else 1, 1024)))  # 0, the simplest, stands for readable values alone
    few = size <= 4
    numbers = [draw(_one_of(domain.readable)) for _ in range(size)] if few else (list(domain.readable) * size)[:size]
    values = torch.tensor(numbers, dtype=torch.float64)
    if key:
        values = domain.fill(torch.Generator().manual_seed(1024 * position + key), size)  # equal keys, other numbers
    return values.reshape(shape).to(domain.dtype)


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

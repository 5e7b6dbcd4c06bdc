"""The one file that knows Hypothesis: draws the examples of a battery once, shrinks one that fails."""

import math
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar
from zlib import crc32

import torch
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from torch import Tensor

from autograder.inputs.domains import Domain
from autograder.inputs.given import Args, Inputs, Shape, size

FAR = 10**30
T = TypeVar("T")


def strategy(inputs: Inputs, i: int, readable: bool = True) -> SearchStrategy[Args]:
    """Examples of entry ``i`` of the shapes of ``inputs``. What their parts are drawn from is built here once: Hypothesis takes
    longer to look at a new strategy than to draw from one that it knows."""
    pairs = zip(inputs.domains_of(i), inputs.shapes[i], strict=True)
    arguments = [_argument(domain, shape, readable, place) for place, (domain, shape) in enumerate(pairs)]
    return _all(inputs, _one_of((inputs.shapes[i],)), arguments)


@st.composite
def _all(
    draw: st.DrawFn, inputs: Inputs, shapes: SearchStrategy[Any], arguments: Sequence[SearchStrategy[Any]]
) -> Args:
    draw(shapes)
    return inputs.made(tuple(map(draw, arguments)))


def _one_of(options: Sequence[T]) -> SearchStrategy[T]:
    """One of the options, shrinking to the first. Its place is drawn from numbers that stand in nobody's source: Hypothesis
    mixes constants of the modules that happen to be loaded into what it draws, and every front end must draw the same."""
    return st.integers(FAR, FAR + len(options) - 1).map(lambda place: options[place - FAR])


def _argument(domain: Domain, shape: Shape, readable: bool, position: int) -> SearchStrategy[Any]:
    if domain.values:
        return _made([_one_of(domain.values)], lambda made: made[0])
    if isinstance(shape, list):
        return _made([_tensor(domain, one, readable, 16 * position + i) for i, one in enumerate(shape)], list)
    one = _tensor(domain, shape, readable, position)
    return _made([one], lambda made: made[0].item() if domain.plain else made[0])


@st.composite
def _made(draw: st.DrawFn, parts: Sequence[SearchStrategy[Any]], fold: Callable[[list[Any]], Any]) -> Any:
    return fold(list(map(draw, parts)))


def _tensor(domain: Domain, shape: Shape, readable: bool, position: int) -> SearchStrategy[Tensor]:
    count = math.prod(shape)
    keys = _one_of(range(0 if readable else 1, 1024))  # 0, the simplest, stands for readable values alone
    few = [_one_of(domain.readable)] * count if count <= 4 else []
    return _filled(domain, shape, keys, few, 1024 * position)


@st.composite
def _filled(
    draw: st.DrawFn,
    domain: Domain,
    shape: Shape,
    keys: SearchStrategy[int],
    few: Sequence[SearchStrategy[float]],
    start: int,
) -> Tensor:
    count = math.prod(shape)
    key = draw(keys)
    numbers = list(map(draw, few)) if few else (list(domain.readable) * count)[:count]
    values = torch.tensor(numbers, dtype=torch.float64)
    if key:
        values = domain.fill(torch.Generator().manual_seed(start + key), count)  # equal keys, other numbers
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
        found.setdefault(_name(args), args)

    with suppress(_Enough):
        collect()
    return tuple(sorted(found.values(), key=size))


def shrink(inputs: SearchStrategy[Args], fails: Callable[[Args], bool], key: str, *, budget: int = 60) -> Args | None:
    """The smallest example found for which ``fails`` holds, after at most ``budget`` evaluations; None if none failed."""
    smallest: list[Args] = []
    left = budget
    seen: dict[str, bool] = {}

    def failing(args: Args) -> bool:
        nonlocal left
        name = _name(args)
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
            if not smallest or size(args) < size(smallest[0]):
                smallest[:] = [args]
            raise _Found

    # Hypothesis may call the end of the budget "flaky": by then the smallest example is in hand.
    with suppress(_Found, BaseExceptionGroup, Exception):
        search()
    return smallest[0] if smallest else None


def _name(arg: Any) -> str:
    """What tells arguments apart. As torch itself writes a tensor, it is rounded, and takes longer than to draw it."""
    if isinstance(arg, Tensor):
        return f"{arg.dtype} {arg.tolist()}"
    return f"{type(arg)} {list(map(_name, arg))}" if isinstance(arg, list | tuple) else repr(arg)


class _Enough(Exception):
    pass


class _Found(Exception):
    pass

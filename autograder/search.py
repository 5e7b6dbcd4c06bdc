"""The one file that knows Hypothesis: draw the examples of a battery once, shrink one that fails.

A *battery* is the list of calls that every submission answers, with the oracle's answers beside them. It is drawn once
per sheet and replayed for everyone. Inputs are exact in float32, so that a float32 answer sees the same numbers.
"""

import itertools
import math
import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from zlib import crc32

import torch
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from torch import Tensor

from autograder.compare import Expected
from autograder.model import Call

Shape = tuple[int, ...]
Args = tuple[Any, ...]


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


@dataclass(frozen=True)
class Inputs:
    """Domains and shapes of a function's arguments: where examples are drawn from and shrunk to.

    Each entry of ``shapes``, simplest first, gives one shape per argument. A tensor of up to four elements is drawn from
    the readable values or as generic numbers; a larger one is filled from a drawn seed.
    """

    domains: tuple[Domain, ...]
    shapes: tuple[tuple[Shape, ...], ...]

    @cached_property
    def strategy(self) -> SearchStrategy[Args]:
        @st.composite
        def draw_all(draw: st.DrawFn) -> Args:
            chosen = draw(st.sampled_from(self.shapes))
            return tuple(draw(_tensor(domain, shape)) for domain, shape in zip(self.domains, chosen, strict=True))

        return draw_all()

    @cached_property
    def ladder(self) -> tuple[Args, ...]:
        """Readable examples of the simplest shape, simplest first: all there are, or 96 of them."""
        sizes = [math.prod(shape) for shape in self.shapes[0]]
        slots = [domain.readable for domain, size in zip(self.domains, sizes, strict=True) for _ in range(size)]
        if math.prod(map(len, slots)) <= 4096:
            rows = list(itertools.product(*slots))
        else:
            chance = random.Random(0)
            rows = [tuple(chance.choice(slot) for slot in slots) for _ in range(512)]
        return tuple(sorted((self._args(row, sizes) for row in rows), key=_size)[:96])

    def _args(self, row: tuple[float, ...], sizes: list[int]) -> Args:
        numbers = iter(row)
        return tuple(
            torch.tensor(list(itertools.islice(numbers, size))).reshape(shape)
            for size, shape in zip(sizes, self.shapes[0], strict=True)
        )


def arguments(*domains: Domain, shapes: Sequence[Sequence[Shape]]) -> Inputs:
    """Inputs of a function, one domain per argument."""
    return Inputs(domains, tuple(tuple(map(tuple, entry)) for entry in shapes))


@st.composite
def _tensor(draw: st.DrawFn, domain: Domain, shape: Shape) -> Tensor:
    size = math.prod(shape)
    key = draw(st.integers(0, 1023))  # 0, the simplest, stands for readable values alone
    if size <= 4:
        readable = [draw(st.sampled_from(domain.readable)) for _ in range(size)]
    else:
        readable = (list(domain.readable) * size)[:size]
    values = torch.tensor(readable, dtype=torch.float64)
    if key:
        values = domain.fill(torch.Generator().manual_seed(key), size)
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


def shrink(inputs: SearchStrategy[Args], fails: Callable[[Args], bool], key: str, *, budget: int = 150) -> Args | None:
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


@dataclass(frozen=True)
class Battery:
    """The calls of one function that every submission answers, with the oracle's answers.

    Attributes:
        function: name of the student's function.
        oracle: the same in float64, differentiable.
        terms: (*args) -> the summands whose absolute values make the scale of an error, each of the value's shape.
        inputs: where ``count`` examples are drawn from.
        parameters: names of the arguments, for counterexamples.
        examples: explicit examples in front of the drawn ones.
        guards: each (*args) -> args nudged as an eps guard of up to 1e-6 inside the formula would nudge them.
        gradients: positions of the arguments whose gradients are compared.
        other_forms: note -> (*args) -> the same input in another form. Tried where a call raises an exception; an
            answer that takes only that form is right, and the note says so.
        key: sets the draw; a hidden battery has another key than a public one.
    """

    function: str
    oracle: Callable[..., Tensor]
    terms: Callable[..., Sequence[Tensor]]
    inputs: Inputs
    parameters: tuple[str, ...]
    count: int = 16
    examples: tuple[Args, ...] = ()
    guards: tuple[Callable[..., Args], ...] = ()
    gradients: tuple[int, ...] = ()
    other_forms: Mapping[str, Callable[..., Args]] = field(default_factory=dict)
    key: str = "public"

    @cached_property
    def drawn(self) -> tuple[Args, ...]:
        return (*self.examples, *draw(self.inputs.strategy, self.count, f"{self.function} {self.key}"))

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """Every third call is in float32, the others in float64; all ask for the gradients."""
        dtypes = (torch.float64, torch.float64, torch.float32)
        return tuple(self.call(args, dtypes[i % 3]) for i, args in enumerate(self.drawn))

    @cached_property
    def expected(self) -> tuple[Expected, ...]:
        return tuple(self.expect(call) for call in self.calls)

    @cached_property
    def forms(self) -> "tuple[Form, ...]":
        """The same examples in forms that some right answers need: float32 throughout, then ``other_forms``."""
        single = Form("It works in float32 only.", tuple(self.call(args, torch.float32) for args in self.drawn), self)
        others = [
            Form(note, tuple(self.call(form(*args), torch.float32) for args in self.drawn), self)
            for note, form in self.other_forms.items()
        ]
        return (single, *others)

    @cached_property
    def ladder(self) -> tuple[Call, ...]:
        return tuple(self.call(args) for args in self.inputs.ladder)

    @cached_property
    def ladder_expected(self) -> tuple[Expected, ...]:
        return tuple(self.expect(call) for call in self.ladder)

    def call(self, args: Args, dtype: torch.dtype = torch.float64) -> Call:
        """The call for one example. Its seed comes from the inputs, so that the same input gets the same seed."""
        args = tuple(arg.to(dtype) if isinstance(arg, Tensor) else arg for arg in args)
        return Call(self.function, args, self.gradients, seed=crc32(repr(args).encode()))

    def expect(self, call: Call) -> Expected:
        """The oracle's answer, from its own copy of the inputs."""
        return expect(call, self.oracle, self.terms, self.guards)

    def shrink(self, fails: Callable[[Call], bool]) -> Call | None:
        """Back to Hypothesis for the smallest failing input, when no readable one fails."""
        found = shrink(self.inputs.strategy, lambda args: fails(self.call(args)), f"{self.function} {self.key}")
        return None if found is None else self.call(found)


@dataclass(frozen=True)
class Form:
    """A battery's examples in another form, with what to note when an answer needs it."""

    note: str
    calls: tuple[Call, ...]
    battery: Battery

    @cached_property
    def expected(self) -> tuple[Expected, ...]:
        return tuple(self.battery.expect(call) for call in self.calls)


def expect(
    call: Call,
    oracle: Callable[..., Tensor],
    terms: Callable[..., Sequence[Tensor]],
    guards: Sequence[Callable[..., Args]] = (),
) -> Expected:
    """The oracle's value and gradients for a call, with their scales and slacks, in float64."""
    value, gradients = _differentiate(oracle, call)
    with torch.no_grad():
        parts = [part.abs().broadcast_to(value.shape) for part in terms(*_copy(call))]
    scale = torch.stack(parts).sum(0)
    slack = torch.zeros_like(value)
    gradient_scales = _gradient_scales(call, terms)
    gradient_slacks = [torch.zeros_like(gradient) for gradient in gradients]
    for guard in guards:
        moved, moved_gradients = _differentiate(lambda *args, guard=guard: oracle(*guard(*args)), call)
        slack = torch.maximum(slack, _distance(moved, value))
        gradient_slacks = [
            torch.maximum(old, _distance(a, b))
            for old, a, b in zip(gradient_slacks, moved_gradients, gradients, strict=True)
        ]
    return Expected(value, scale, 2 * slack, gradients, gradient_scales, tuple(2 * s for s in gradient_slacks))


def _copy(call: Call) -> Args:
    return tuple(arg.double().clone() if isinstance(arg, Tensor) else arg for arg in call.args)


def _distance(a: Tensor, b: Tensor) -> Tensor:
    return torch.where(a == b, 0.0, (a - b).abs()).nan_to_num(nan=0.0)


def _differentiate(function: Callable[..., Tensor], call: Call) -> tuple[Tensor, tuple[Tensor, ...]]:
    args = _copy(call)
    leaves = [args[i].requires_grad_() for i in call.gradients]
    value = function(*args)
    if not leaves:
        return value.detach(), ()
    weights = torch.ones_like(value) if call.cotangent is None else call.cotangent.double()
    found = torch.autograd.grad((value * weights).sum(), leaves, allow_unused=True)
    filled = (torch.zeros_like(leaf) if g is None else g for g, leaf in zip(found, leaves, strict=True))
    return value.detach(), tuple(filled)


def _gradient_scales(call: Call, terms: Callable[..., Sequence[Tensor]]) -> tuple[Tensor, ...]:
    """Sum over the terms of |d term / d argument|."""
    args = _copy(call)
    leaves = [args[i].requires_grad_() for i in call.gradients]
    totals = [torch.zeros_like(leaf) for leaf in leaves]
    for term in terms(*args) if leaves else ():
        if term.requires_grad:
            found = torch.autograd.grad(term.sum(), leaves, allow_unused=True, retain_graph=True)
            totals = [t if g is None else t + g.abs() for t, g in zip(totals, found, strict=True)]
    return tuple(total.detach() for total in totals)

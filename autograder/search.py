"""The one file that knows Hypothesis: draw the examples of a battery once, shrink one that fails.

A *battery* is the list of calls that every submission answers, with the oracle's answers beside them. It is drawn once
per sheet and replayed for everyone. Inputs are exact in float32, so that a float32 answer sees the same numbers.
"""

import itertools
import math
import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
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
        return self._strategy(self.shapes)

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

    def _strategy(self, shapes: tuple[tuple[Shape, ...], ...], readable: bool = True) -> SearchStrategy[Args]:
        @st.composite
        def draw_all(draw: st.DrawFn) -> Args:
            chosen = zip(self.domains, draw(st.sampled_from(shapes)), strict=True)
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


@st.composite
def _tensor(draw: st.DrawFn, domain: Domain, shape: Shape, readable: bool, position: int) -> Tensor:
    size = math.prod(shape)
    key = draw(st.integers(0 if readable else 1, 1023))  # 0, the simplest, stands for readable values alone
    if size <= 4:
        numbers = [draw(st.sampled_from(domain.readable)) for _ in range(size)]
    else:
        numbers = (list(domain.readable) * size)[:size]
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
        guards: each (*args) -> args nudged as an eps guard of up to 1e-6 inside a term would nudge them.
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
        return (*self.examples, *self.inputs.draw(self.count, f"{self.function} {self.key}"))

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
        return self.forms_of(self.calls)

    def forms_of(self, calls: Sequence[Call]) -> "tuple[Form, ...]":
        """The same calls in forms that some answers need: without gradients (numpy refuses a tensor that requires one),
        in float32 throughout, in ``other_forms``, and in these in float32."""
        single = tuple(_as(torch.float32, call) for call in calls)
        forms = [Form("It works in float32 only.", single, self)]
        if any(call.gradients for call in calls):
            forms.insert(0, Form("", tuple(replace(call, gradients=()) for call in calls), self))
        for note, form in self.other_forms.items():
            other = tuple(replace(call, args=form(*call.args)) for call in calls)
            forms += [Form(note, other, self), Form(note, tuple(_as(torch.float32, call) for call in other), self)]
        return tuple(forms)

    @cached_property
    def ladder(self) -> tuple[Call, ...]:
        return tuple(self.call(args) for args in self.inputs.ladder)

    @cached_property
    def rungs(self) -> "tuple[Form, ...]":
        """The ladder in pieces, a short one first: most wrong answers fail at once. Values are all that is asked for."""
        calls = [replace(call, gradients=()) for call in self.ladder]
        return tuple(Form("", tuple(calls[i:j]), self) for i, j in itertools.pairwise((0, 8, 32, len(calls))) if calls[i:j])

    def call(self, args: Args, dtype: torch.dtype = torch.float64) -> Call:
        """The call for one example. Its seed comes from the inputs, so that the same input gets the same seed."""
        return _as(dtype, Call(self.function, args, self.gradients, seed=_seed(args)))

    def expect(self, call: Call) -> Expected:
        """The oracle's answer, from its own copy of the inputs."""
        return expect(call, self.oracle, self.terms, self.guards)

    def shrink(self, fails: Callable[[Call], bool]) -> Call | None:
        """Back to Hypothesis for the smallest failing input, when no readable one fails."""

        def call(args: Args) -> Call:
            return replace(self.call(args), gradients=())

        found = shrink(self.inputs.strategy, lambda args: fails(call(args)), f"{self.function} {self.key}")
        return None if found is None else call(found)


def _as(dtype: torch.dtype, call: Call) -> Call:
    return replace(call, args=tuple(arg.to(dtype) if isinstance(arg, Tensor) else arg for arg in call.args))


def _seed(args: Args) -> int:
    """The same for the same numbers, whatever their dtype."""
    seed = 0
    for arg in args:
        seed = crc32(arg.double().numpy().tobytes() if isinstance(arg, Tensor) else repr(arg).encode(), seed)
    return seed


@dataclass(frozen=True)
class Form:
    """Calls of a battery in another form, with what to note when an answer needs it ("" for nothing)."""

    note: str
    calls: tuple[Call, ...]
    battery: Battery

    @cached_property
    def expected(self) -> tuple[Expected, ...]:
        gradients = self.battery.gradients  # expected even of an answer that can be asked without them only
        return tuple(self.battery.expect(replace(call, gradients=gradients)) for call in self.calls)


def expect(
    call: Call,
    oracle: Callable[..., Tensor],
    terms: Callable[..., Sequence[Tensor]],
    guards: Sequence[Callable[..., Args]] = (),
) -> Expected:
    """The oracle's value and gradients for a call, with their scales and slacks, in float64."""
    value, gradients = _differentiate(oracle, call)
    parts, slopes = _parts(terms, call, value)
    slack, gradient_slacks = torch.zeros_like(value), [torch.zeros_like(gradient) for gradient in gradients]
    for guard in guards:
        moved, moved_slopes = _parts(lambda *args, guard=guard: terms(*guard(*args)), call, value)
        slack = torch.maximum(slack, _distance(moved, parts).sum(0))
        gradient_slacks = [
            torch.maximum(old, _distance(a, b).sum(0))
            for old, a, b in zip(gradient_slacks, moved_slopes, slopes, strict=True)
        ]
    return Expected(
        value,
        parts.abs().sum(0),
        2 * slack,
        gradients,
        tuple(slope.abs().sum(0) for slope in slopes),
        tuple(2 * s for s in gradient_slacks),
    )


def _parts(
    terms: Callable[..., Sequence[Tensor]], call: Call, value: Tensor
) -> tuple[Tensor, tuple[Tensor, ...]]:
    """The terms, stacked, and for each requested argument their gradients, stacked. A guard may stand in one term and not in
    the next, so that each is looked at alone: what cancels in the sum need not cancel in an answer."""
    args = _copy(call)
    leaves = [args[i].requires_grad_() for i in call.gradients]
    parts, rows = [], []
    for term in terms(*args):
        parts.append(term.detach().broadcast_to(value.shape))
        found: Sequence[Tensor | None] = [None] * len(leaves)
        if leaves and term.requires_grad:
            found = torch.autograd.grad(term.sum(), leaves, allow_unused=True, retain_graph=True)
        rows.append([torch.zeros_like(leaf) if g is None else g for g, leaf in zip(found, leaves, strict=True)])
    return torch.stack(parts), tuple(torch.stack(column) for column in zip(*rows, strict=True))


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


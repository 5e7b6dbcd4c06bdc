"""A battery: the list of calls that every submission answers, with the oracle's answers beside them.

It is drawn once per sheet and replayed for everyone. Inputs are exact in float32, so that a float32 answer sees the same
numbers.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from zlib import crc32

import torch
from torch import Tensor

from autograder.inputs.compare import Expected
from autograder.inputs.formula import Formula
from autograder.inputs.reading import Reading, read_formula
from autograder.inputs.search import Args, Inputs
from autograder.model import Call


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
        formula: what the right formula and mistaken ones are made of, by which a wrong answer's is read back.
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
    formula: Formula | None = None

    @property
    def knows_more(self) -> bool:
        """Whether the oracle can be asked for more than the battery's own examples."""
        return True

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
        forms = [Form("It works in float32 only.", tuple(map(single, calls)), self)]
        if any(call.gradients for call in calls):
            forms.insert(0, Form("", tuple(replace(call, gradients=()) for call in calls), self))
        for note, form in self.other_forms.items():
            other = tuple(replace(call, args=form(*call.args)) for call in calls)
            forms += [Form(note, other, self), Form(note, tuple(map(single, other)), self)]
        return tuple(forms)

    @cached_property
    def ladder(self) -> tuple[Call, ...]:
        return tuple(self.call(args) for args in self.inputs.ladder)

    @cached_property
    def rungs(self) -> "tuple[Form, ...]":
        """The ladder in pieces, a short one first: most wrong answers fail at once. Values are all that is asked for."""
        calls = [replace(call, gradients=()) for call in self.ladder]
        return tuple(
            Form("", tuple(calls[i:j]), self) for i, j in itertools.pairwise((0, 8, 32, len(calls))) if calls[i:j]
        )

    @cached_property
    def right(self) -> Reading | None:
        """The right formula, read from the oracle's values; None where none is declared, or the oracle is no sum of its terms."""
        if self.formula is None:
            return None
        small, large = ([self.expect(self.plain(args)).value for args in points] for points in self.formula.points)
        return read_formula(self.formula, (small, large), right=True)

    def plain(self, args: Args) -> Call:
        """The call for one example, without gradients."""
        return replace(self.call(args), gradients=())

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

        found = self.inputs.shrink(lambda args: fails(call(args)), f"{self.function} {self.key}")
        return None if found is None else call(found)


def _as(dtype: torch.dtype, call: Call) -> Call:
    return replace(call, args=tuple(arg.to(dtype) if isinstance(arg, Tensor) else arg for arg in call.args))


def single(call: Call) -> Call:
    """The call in float32."""
    return _as(torch.float32, call)


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


def _parts(terms: Callable[..., Sequence[Tensor]], call: Call, value: Tensor) -> tuple[Tensor, tuple[Tensor, ...]]:
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

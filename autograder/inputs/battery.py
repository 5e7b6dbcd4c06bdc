"""A battery: the list of calls that every submission answers, with the oracle's answers beside them.

It is drawn once per sheet and replayed for everyone. Inputs are exact in float32, so that a float32 answer sees the same
numbers.
"""

import copy
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

import torch

from autograder.inputs.arrays import as_argument, as_numpy, seed_of
from autograder.inputs.compare import Expected
from autograder.inputs.fitting import by_keyword_alone, fit, parameters_of
from autograder.inputs.forms import Form, as_dtype, in_float32
from autograder.inputs.formula import Formula
from autograder.inputs.given import Args, Inputs
from autograder.inputs.oracle import Terms, expect, oracle_value, weights
from autograder.inputs.reading import Reading, read_formula
from autograder.inputs.steps import Step
from autograder.inputs.together import Together
from autograder.inputs.value import Absent, Path, part, span
from autograder.inputs.words import words
from autograder.model import Call, CourseError, Outcome


@dataclass(frozen=True)
class Battery:
    """The calls of one function that every submission answers, with the oracle's answers.

    ``battery["loss"]`` is the same battery with an eye on one part of what comes back: an entry of a tuple (by place, or by the
    name that ``returns`` gives the place), of a dict (by key), or of what steps left (by label).

    Attributes:
        function: name of the student's function or class.
        oracle: the same in float64, differentiable; for ``steps`` a class, or (*args) -> the results by label. It may return a
            tensor, a number, a truth value, a text, None, or lists, tuples and dicts of these.
        terms: (*args) -> the summands whose absolute values make the scale of an error, each of the value's shape; for parts a
            dict of such functions by name. Without them the scale is 1 + the largest absolute number of each array.
        inputs: where ``count`` examples are drawn from; None if ``examples`` are all there are.
        parameters: names of the arguments, for counterexamples; by default the oracle's own.
        examples: explicit examples in front of the drawn ones; lists of numbers stand for arrays.
        guards: each (*args) -> args nudged as an eps guard of up to 1e-6 inside a term would nudge them.
        gradients: positions of the arguments whose gradients are compared: those of the value, or of the entry that is looked at.
        other_forms: note -> (*args) -> the same input in another form. Tried where a call raises an exception; an
            answer that takes only that form is right, and the note says so.
        key: sets the draw; a hidden battery has another key than a public one.
        arrays: "torch" or "numpy": what the arguments' arrays are. Of numpy any array, number or list of numbers may come back;
            of torch a tensor, unless the oracle returns something else than one tensor.
        returns: names of a tuple's entries.
        optional: names of the last parameters, which may be left out; by keyword alone where the oracle takes them so.
        give: whether calls give these: "in turn" (left out, by place, by keyword), "never" or "always" (by place, by keyword).
        steps: what is done with objects of the class (``make``, ``call``, ``read``) in place of one call.
        weighted: whether gradients are those of a weighted sum, which shows what a plain sum hides.
        single: whether every third call is in float32.
        formula: what the right formula and mistaken ones are made of, by which a wrong answer's is read back.
    """

    function: str
    oracle: Callable[..., Any]
    terms: Terms | None = None
    inputs: Inputs | None = None
    parameters: tuple[str, ...] = ()
    count: int = 16
    examples: tuple[Args, ...] = ()
    guards: tuple[Callable[..., Args], ...] = ()
    gradients: tuple[int, ...] = ()
    other_forms: Mapping[str, Callable[..., Args]] = field(default_factory=dict)
    key: str = "public"
    arrays: Literal["torch", "numpy"] = "torch"
    returns: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    weighted: bool = False
    single: bool = True
    give: Literal["in turn", "never", "always"] = "in turn"
    formula: Formula | None = None
    path: Path = ()
    tolerance: float | None = None
    whole: "Battery | None" = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if not self.parameters:
            object.__setattr__(self, "parameters", parameters_of(self.oracle, self.function))
        if type(self) is Battery:  # of one that was recorded, only the answers are left
            fit(self)

    # -------------------------------------------------------------- the same battery, looked at otherwise

    def __getitem__(self, key: str | int | Path) -> "Battery":
        return self.part(*(key if isinstance(key, tuple) else (key,)))

    def part(self, *keys: str | int, tolerance: float | None = None) -> "Battery":
        """The part of what comes back at ``keys``; ``tolerance``, if given, is the error allowed in each of its numbers."""
        path = tuple(self.returns.index(key) if key in self.returns else key for key in keys)
        whole = self.whole or self
        try:
            whole.first.part((*self.path, *path))
        except LookupError:
            raise CourseError(
                f"The battery of {self.function} has no part {keys!r}: what the oracle returns is "
                f"{words(whole.first.layout) if whole.first.layout else 'one tensor'}."
            ) from None
        made = copy.copy(whole)
        vars(made).update(path=(*self.path, *path), whole=whole, tolerance=tolerance)
        for cached in ("first", "expected", "together", "forms", "rungs", "right"):
            vars(made).pop(cached, None)
        if whole.gradients:  # those of this entry
            vars(made)["calls"] = tuple(replace(call, of=made.path) for call in whole.calls)
        return made

    def without(self) -> "Battery":
        """Every call leaves the optional arguments out."""
        return replace(self, give="never")

    def given(self) -> "Battery":
        """Every call gives the optional arguments, by place and by keyword in turn."""
        return replace(self, give="always")

    @property
    def subject(self) -> str:
        """What comes back, as the beginning of a sentence: "mean_square returns", "Layer.weight is"."""
        kind = {step.label: step for step in self.steps}
        if self.path and self.path[0] in kind:
            step = kind[str(self.path[0])]
            inner = "".join(f"[{key!r}]" for key in self.path[1:])
            name = f"{self.function}.{step.target.partition('.')[2]}{inner}"
            return f"{name} {'is' if step.kind == 'read' else 'returns'}"
        if not self.path:
            return f"{self.function} returns"
        first, *_ = (self.returns[key] if isinstance(key, int) and self.returns else key for key in self.path)
        return f"The entry {first!r} of {self.function} is"

    @property
    def around(self) -> str:
        """What holds the part that is looked at, in words."""
        layout = (self.whole or self).first.layout
        return words(span(layout, self.path[:-1])[1]) if layout else "a tensor"

    @property
    def returned(self) -> bool:
        """Whether what is looked at is what the function, or a call among the steps, returns: not an entry, nor an attribute."""
        return self.subject.endswith(" returns")

    @property
    def knows_more(self) -> bool:
        """Whether the oracle can be asked for more than the battery's own examples."""
        return True

    @cached_property
    def drawn(self) -> tuple[Args, ...]:
        examples = tuple(tuple(map(as_argument, args)) for args in self.examples)
        return examples + (self.inputs.draw(self.count, f"{self.function} {self.key}") if self.inputs else ())

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """Every third call is in float32, the others in float64; all ask for the gradients."""
        dtypes = (torch.float64, torch.float64, torch.float32 if self.single else torch.float64)
        return tuple(self.call(args, dtypes[i % 3], i + i // 3) for i, args in enumerate(self.drawn))

    @cached_property
    def expected(self) -> tuple[Expected, ...]:
        if self.whole and not self.gradients:
            return tuple(one.part(self.path, self.tolerance) for one in self.whole.expected)
        return tuple(self.expect(call) for call in self.calls)

    @cached_property
    def first(self) -> Expected:
        """What is expected of the first call: enough to know the kind of value, without the answers to all."""
        return vars(self)["expected"][0] if "expected" in vars(self) else self.expect(self.calls[0])

    @cached_property
    def together(self) -> Together:
        return Together(self.calls, self.expected, self.gradients)

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        return self.forms_of(self.calls)

    def forms_of(self, calls: Sequence[Call]) -> tuple[Form, ...]:
        """The same calls in forms that some answers need: without gradients (numpy refuses a tensor that requires one),
        in float32 throughout, in ``other_forms``, and in these in float32."""
        forms = [Form("It works in float32 only.", tuple(map(in_float32, calls)), self)]
        if any(call.gradients for call in calls):
            forms.insert(0, Form("", tuple(replace(call, gradients=()) for call in calls), self))
        for note, form in self.other_forms.items():
            other = tuple(replace(call, args=form(*call.args)) for call in calls)
            forms += [Form(note, other, self), Form(note, tuple(map(in_float32, other)), self)]
        return tuple(forms)

    @cached_property
    def ladder(self) -> tuple[Call, ...]:
        return tuple(self.call(args, turn=i) for i, args in enumerate(self.inputs.ladder)) if self.inputs else ()

    @cached_property
    def rungs(self) -> tuple[Form, ...]:
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

    def call(self, args: Args, dtype: torch.dtype = torch.float64, turn: int = 1) -> Call:
        """The call for one example. Its seed comes from the inputs, so that the same input gets the same seed."""
        give = {"never": 0, "always": 1 + (turn + 1) % 2, "in turn": turn % 3}[self.give] if self.optional else 1
        give = 2 if give and by_keyword_alone(self.oracle, self.optional) else give
        args = args[: len(args) - len(self.optional)] if give == 0 else args
        keywords = self.optional if give == 2 else ()
        plain = Call(self.function, args, self.gradients, seed=seed_of(args), keywords=keywords, steps=self._bound)
        made = as_dtype(dtype, plain)
        if self.weighted:
            made = replace(made, cotangent=weights(oracle_value(self, plain)))
        return replace(made, args=as_numpy(made.args)) if self.arrays == "numpy" else made

    @cached_property
    def _bound(self) -> tuple[Any, ...]:
        labels = [step.label for step in self.steps]
        return tuple(step.bound(self.parameters, labels[:i]) for i, step in enumerate(self.steps))

    def expect(self, call: Call) -> Expected:
        """The oracle's answer, from its own copy of the inputs."""
        if self.whole:
            return self.whole.expect(call).part(self.path, self.tolerance)
        return expect(self, call)

    def looked_at(self, outcome: Outcome) -> Outcome:
        """The outcome of the part that this battery looks at: its value, Absent, or why steps did not get there."""
        if outcome.fault or not (self.path or self.steps):
            return outcome
        value = part(outcome.value, self.path, len(self.returns)) if self.path else outcome.value
        if outcome.stopped and (not self.path or isinstance(value, Absent)):
            return replace(outcome, value=None, fault=outcome.stopped)
        return replace(outcome, value=value)

    def shrink(self, fails: Callable[[Call], bool]) -> Call | None:
        """Back to Hypothesis for the smallest failing input, when no readable one fails."""

        def call(args: Args) -> Call:
            return replace(self.call(args), gradients=())

        if self.inputs is None:
            return None
        found = self.inputs.shrink(lambda args: fails(call(args)), f"{self.function} {self.key}")
        return None if found is None else call(found)

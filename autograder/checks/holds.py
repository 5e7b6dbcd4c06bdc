"""A law: something that must hold for the answer, whatever its values are."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from torch import Tensor

from autograder.checks.replay import describe, outcomes_of, sentence, show
from autograder.inputs import Args, Battery, Form, as_tensor
from autograder.model import Answer, Call, Check, Mistake, Outcome, Visibility

Law = Callable[..., Tensor | bool]


def holds(
    name: str,
    battery: Battery,
    law: Law,
    *,
    tell: str,
    inputs: Sequence[Callable[..., Args]] = (lambda *args: args,),
    examples: Sequence[Args] | None = None,
    points: float = 0.5,
    visibility: Visibility = "public",
    needs: tuple[str, ...] = (),
    hint: str = "",
    mistake: str = "",
    credit: float | None = None,
) -> Check:
    """``law(*values, *args)`` holds on each example.

    For every example each function of ``inputs`` makes the arguments of one call (by default the example itself), and
    the law gets the values of these calls, as float64 tensors, followed by the example's own arguments in float64.

    Args:
        battery: names the function and, unless ``examples`` are given, holds the examples (up to 4 of them, of every size).
        tell: what the student reads when the law is broken.
        mistake, credit: the name and credit when breaking this law is a mistake of its own.
    """

    @cache
    def rows() -> list[tuple[Args, tuple[Call, ...]]]:
        return _rows(battery, inputs, examples)

    @cache
    def calls() -> tuple[Call, ...]:
        return tuple(call for _, row in rows() for call in row)

    @cache
    def forms() -> tuple[Form, ...]:
        return battery.forms_of(calls())

    def run(answer: Answer) -> None:
        outcomes = outcomes_of(answer, calls(), forms)
        faults = [outcome.fault for outcome in outcomes]
        if faults[0] and all(faults):
            raise Mistake(sentence(battery.function, faults[0]))
        rest = iter(outcomes)
        for args, row in rows():
            found = [next(rest) for _ in row]
            values = [None if o.fault else as_tensor(o.value) for o in found]
            if all(value is not None for value in values) and _obeys(law, values, args):
                continue
            lines = "\n".join(_line(battery, call, o) for call, o in zip(row, found, strict=True))
            if fault := next((o.fault for o in found if o.fault), None):
                raise Mistake(sentence(battery.function, fault), counterexample=lines)
            if any(value is None for value in values):
                raise Mistake(
                    f"{battery.function} returns {show(found[0].value)}; a tensor is expected.", counterexample=lines
                )
            raise Mistake(tell, name=mistake, credit=credit, counterexample=lines, tell=tell)

    return Check(name, points, run, visibility, needs, hint)


def _rows(
    battery: Battery, inputs: Sequence[Callable[..., Args]], examples: Sequence[Args] | None
) -> list[tuple[Args, tuple[Call, ...]]]:
    chosen = battery.drawn[:: -(-len(battery.drawn) // 4)] if examples is None else examples
    doubles = [tuple(a.double() if isinstance(a, Tensor) else a for a in args) for args in chosen]
    return [(args, tuple(replace(battery.call(make(*args)), gradients=()) for make in inputs)) for args in doubles]


def _line(battery: Battery, call: Call, outcome: Outcome) -> str:
    found = outcome.fault.message if outcome.fault else show(outcome.value)
    return f"{describe(call, battery.parameters)} = {found}"


def _obeys(law: Law, values: list[Tensor | None], args: Args) -> bool:
    try:
        kept = law(*(value.double() for value in values if value is not None), *args)
    except (RuntimeError, IndexError):  # a value of a shape that the law cannot be stated for
        return False
    return bool(kept.all()) if isinstance(kept, Tensor) else bool(kept)

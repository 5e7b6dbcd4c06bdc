"""A law: something that must hold for the answer, whatever its values are."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import Any

from torch import Tensor

from autograder.checks.replay import describe, outcomes_of, sentence, show
from autograder.checks.single import batch_of_one
from autograder.inputs import Args, Battery, Expected, Form, as_tensor, authored, for_oracle, rows, unread, words
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
    the law gets the values of these calls, as float64 tensors (of a tuple a list of these, of a dict a dict), followed by
    the example's own arguments in float64.

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

    @cache
    def expected(at: int) -> list[Expected]:
        return [battery.expect(call) for call in rows()[at][1]]

    def run(answer: Answer) -> None:
        outcomes = outcomes_of(battery, answer, calls(), forms)
        faults = [outcome.fault for outcome in outcomes]
        if faults[0] and all(faults):
            raise Mistake(sentence(battery.function, faults[0]))
        if _is_endless(battery, calls(), outcomes):
            raise Mistake(f"{battery.function} is infinite on every example, which obeys no law.")
        rest = iter(outcomes)
        good, bad = [], []
        for i, (args, row) in enumerate(rows()):
            found = [next(rest) for _ in row]
            broken = _broken(battery, law, args, partial(expected, i), found, tell)
            if broken is None:
                good.append(args)
                continue
            broken.counterexample = "\n".join(_line(battery, call, o) for call, o in zip(row, found, strict=True))
            bad.append((args, broken))
        if bad:
            first = bad[0][1]
            if first.tell and mistake:
                first.name, first.credit = mistake, credit
                raise first
            single = batch_of_one(battery.function, first.message, [args for args, _ in bad], good)
            raise replace(single, counterexample=first.counterexample, tell=first.tell) if single else first

    return Check(name, points, run, visibility, needs, hint, asks=lambda: (calls(),))


def _is_endless(battery: Battery, calls: Sequence[Call], outcomes: Sequence[Outcome]) -> bool:
    """Whether all values are infinite, though not all of the oracle's are: infinities equal each other and mean nothing."""
    values = [None if o.fault else as_tensor(o.value) for o in outcomes]
    if not all(value is not None and bool(value.isinf().all()) for value in values):
        return False
    return any(bool(battery.expect(call).value.isfinite().any()) for call in calls)


def _broken(
    battery: Battery, law: Law, args: Args, asked: Callable[[], list[Expected]], found: Sequence[Outcome], tell: str
) -> Mistake | None:
    """What is wrong with the values of one example; None if they obey the law. ``asked`` is what the oracle says of them."""
    if fault := next((o.fault for o in found if o.fault), None):
        return Mistake(sentence(battery.function, fault))
    expected = asked()
    values = [_value(o.value, e) for o, e in zip(found, expected, strict=True)]
    if any(value is None for value in values):
        kind = words(expected[0].layout) if expected[0].layout else "a tensor"
        return Mistake(f"{battery.subject} {show(found[0].value)}; {kind} is expected.")
    return None if _obeys(law, values, args) else Mistake(tell, tell=tell)


def _rows(
    battery: Battery, inputs: Sequence[Callable[..., Args]], examples: Sequence[Args] | None
) -> list[tuple[Args, tuple[Call, ...]]]:
    chosen = battery.drawn[:: -(-len(battery.drawn) // 4)] if examples is None else examples
    doubles = [for_oracle(args) for args in chosen]
    return [(args, tuple(replace(battery.call(make(*args)), gradients=()) for make in inputs)) for args in doubles]


def _value(value: Any, expected: Expected) -> Any:
    """What the law gets: a tensor, or what the oracle's value is made of; None where there is no such value."""
    if expected.layout is None:
        return as_tensor(value)
    row = rows(value, expected.layout)
    return None if row is None else unread(row.double(), expected.layout)


def _line(battery: Battery, call: Call, outcome: Outcome) -> str:
    found = outcome.fault.message if outcome.fault else show(outcome.value)
    return f"{describe(call, battery.parameters)} = {found}"


def _obeys(law: Law, values: list[Any], args: Args) -> bool:
    with authored("a law"):
        try:
            kept = law(*(value.double() if isinstance(value, Tensor) else value for value in values), *args)
        except (RuntimeError, IndexError):  # a value of a shape that the law cannot be stated for
            return False
        return bool(kept.all()) if isinstance(kept, Tensor) else bool(kept)

"""A wrong answer's formula, read back from its values at generic points.

slip        one mistake in a formula
slips       what separates the formula that was read from the right one
factors     wrong signs, weights and reductions among them
words       a formula as text
statistics  another statistic in the place of a sum or mean
draws       the same for a sampler
borders     right up to a border

The calls are made after a failure only, in one message. What was read explains every wrong value of the answer.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from torch import Tensor

from autograder.checks.readback.borders import Asked, Generic, border
from autograder.checks.readback.draws import explain_draws
from autograder.checks.readback.slip import Slip
from autograder.checks.readback.slips import slips
from autograder.checks.readback.statistics import statistic
from autograder.checks.readback.words import written
from autograder.checks.replay import outcomes_of, show
from autograder.inputs import Battery, Formula, as_tensor, judge, read_formula, same_value
from autograder.model import Answer, Call, Mistake, Outcome

__all__ = ["explain", "explain_draws"]


def explain(battery: Battery, answer: Answer) -> Mistake | None:
    """The mistake that the answer's values at generic points give away; None if they give none away, or nothing is declared."""
    formula, right = battery.formula, battery.right
    if formula is None or right is None:
        return None
    calls = _calls(battery, formula)
    outcomes = outcomes_of(battery, answer, calls, partial(battery.forms_of, calls))
    if moved := _moved(battery, outcomes):
        return moved
    values = _values(formula, outcomes)
    if values and (found := read_formula(formula, values)):
        if said := slips(formula, right, found):
            return _mistake(battery, said, f"Your function computes {written(formula, found)}")
    elif values and (other := statistic(formula, right, values)):
        return _mistake(battery, [other])
    count = 2 * len(formula.points[0])
    generic = _generic(battery, calls[:count], outcomes[:count])
    limit = border(battery, formula, _swept(battery, formula, calls, outcomes), generic)
    return _mistake(battery, [limit]) if limit else None


def _calls(battery: Battery, formula: Formula) -> tuple[Call, ...]:
    """The points of both sizes, the sweeps, and at last the first point twice more: the same call, and with another seed."""
    calls = [battery.plain(args) for args in formula.examples]
    return (*calls, calls[0], replace(calls[0], seed=calls[0].seed ^ 1))


def _moved(battery: Battery, outcomes: Sequence[Outcome]) -> Mistake | None:
    """Something random or remembered, if the same arguments did not always get the same value."""
    first, again, reseeded = (o.value for o in (outcomes[0], outcomes[-2], outcomes[-1]))
    if any(as_tensor(value) is None for value in (first, again, reseeded)):  # of a fault, too
        return None
    name = battery.function
    if not same_value(as_tensor(first), as_tensor(again)):
        text = f"{name} remembers: the same arguments got {show(first)} at first and {show(again)} later."
        return Mistake(
            f"{text} The value may depend on the arguments alone, not on earlier calls.", "remembers", whole=True
        )
    if not same_value(as_tensor(first), as_tensor(reseeded)):
        text = f"{name} is random: the same arguments got {show(first)} and {show(reseeded)}."
        return Mistake(f"{text} Nothing may be drawn in it: the formula is exact.", "random", whole=True)
    return None


def _generic(battery: Battery, calls: Sequence[Call], outcomes: Sequence[Outcome]) -> Generic:
    """How right the values are at generic points."""
    right, worst = 0, 0.0
    for call, outcome in zip(calls, outcomes, strict=True):
        expected, value = battery.expect(call), None if outcome.fault else as_tensor(outcome.value)
        if value is None or value.numel() != expected.value.numel():
            return Generic(0.0, float("inf"))
        off = (value.double().flatten() - expected.value.flatten()).abs() / (1e-9 + expected.scale.flatten())
        worst = max(worst, float(off.max()))
        right += judge(outcome.value, expected) in ("equal", "not a tensor")
    return Generic(right / len(calls), worst)


def _values(formula: Formula, outcomes: Sequence[Outcome]) -> tuple[list[Tensor], list[Tensor]] | None:
    count = len(formula.points[0])
    found = [None if o.fault else as_tensor(o.value) for o in outcomes[: 2 * count]]
    values = [value for value in found if value is not None]
    return (values[:count], values[count:]) if len(values) == len(found) else None


def _swept(battery: Battery, formula: Formula, calls: Sequence[Call], outcomes: Sequence[Outcome]) -> list[Asked]:
    start = 2 * len(formula.points[0])
    rows = zip(formula.sweeps, calls[start:], outcomes[start:], strict=False)
    return [Asked(position, call, outcome, battery.expect(call)) for (position, _), call, outcome in rows]


def _mistake(battery: Battery, said: Sequence[Slip], formula: str = "") -> Mistake:
    clauses = "; ".join(slip.said for slip in said)
    start = f"{formula}: {clauses}" if formula else f"{battery.function}: {clauses}"
    credits = [slip.credit for slip in said]
    credit = None if None in credits else min(c for c in credits if c is not None)
    return Mistake(f"{start}.", name="+".join(slip.slug for slip in said), credit=credit, whole=True)

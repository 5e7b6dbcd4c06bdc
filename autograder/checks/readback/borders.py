"""Right up to a border: from where on an answer differs from the oracle, and how.

Each argument has gone through its numbers while the others stood still. Limits that an exercise declares are recognised by name;
of others it is said between which numbers the answer is right, and what it does beyond.
"""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from autograder.checks.readback.slip import Slip
from autograder.inputs import Battery, Expected, Formula, as_tensor, judge
from autograder.model import Call, Outcome

_NEAR = 1e-6


@dataclass(frozen=True)
class Asked:
    """One call with what came of it and what the oracle says; ``position`` is that of the argument that moved."""

    position: int
    call: Call
    outcome: Outcome
    expected: Expected

    @property
    def number(self) -> float:
        return float(self.call.args[self.position])

    @property
    def found(self) -> float:
        value = None if self.outcome.fault else as_tensor(self.outcome.value)
        return float(value.flatten()[0]) if value is not None and value.numel() == 1 else float("nan")

    @property
    def wanted(self) -> float:
        return float(self.expected.value.flatten()[0])

    @property
    def good(self) -> bool:
        return not self.outcome.fault and judge(self.outcome.value, self.expected) in ("equal", "not a tensor")


@dataclass(frozen=True)
class Generic:
    """At generic points: the share of right values, and how far they are off at most, relative to the scale of the right ones."""

    right: float
    off: float


def border(battery: Battery, formula: Formula, asked: Sequence[Asked], generic: Generic) -> Slip | None:
    """The border up to which an answer is right, in words; None if there is none."""
    if all(a.good for a in asked) or any(a.found != a.found for a in asked):
        return None
    found = _declared(formula, asked) or _half(asked)
    if found is None and generic.right >= 1 / 3:
        found = _described(battery, asked)
    if found is None and generic.off <= 1e-2:
        found = _nearly(battery, asked, generic.off)
    return found


def _nearly(battery: Battery, asked: Sequence[Asked], off: float) -> Slip | None:
    """Off by little at generic points, and by far more at some end of an argument."""
    worst = max(asked, key=lambda a: abs(a.found - a.wanted) / (1e-9 + float(a.expected.scale.max())))
    far = abs(worst.found - worst.wanted) / (1e-9 + float(worst.expected.scale.max()))
    if not 1e-7 < off < far / 10:
        return None
    said = (
        f"it is nearly right at generic points, where it is off by {100 * off:.2g} %, and not at the ends: "
        f"{_example(battery.parameters[worst.position], worst)}. An eps or a clamp that large is no guard any more"
    )
    return Slip("right_up_to_a_border", said, None)


def _declared(formula: Formula, asked: Sequence[Asked]) -> Slip | None:
    for kind in formula.borders:
        for limit in kind.limits:
            if all(_meets(a, kind.function(limit, *(arg.double() for arg in a.call.args))) for a in asked):
                return Slip(kind.slug, kind.tell.format(limit=f"{limit:g}"), kind.credit)
    return None


def _meets(asked: Asked, value: Tensor) -> bool:
    slack = float(asked.expected.scale.max()) * _NEAR
    return abs(float(value.flatten()[0]) - asked.found) <= slack + _NEAR * abs(asked.found)


def _half(asked: Sequence[Asked]) -> Slip | None:
    """Computed or rounded in 16 bits: every value is such a number, and none is far off."""
    for dtype, words in ((torch.float16, "half precision"), (torch.bfloat16, "bfloat16")):
        step = torch.finfo(dtype).eps
        rounded = all(float(torch.tensor(a.found, dtype=dtype)) == a.found for a in asked)
        near = all(
            abs(a.found - a.wanted) <= 8 * step * float(a.expected.scale.max()) or abs(a.wanted) > 6e4 for a in asked
        )
        if rounded and near:
            digits = 3 if dtype is torch.float16 else 2
            return Slip(
                "half_precision", f"it is computed in {words}, so that only about {digits} digits are right", None
            )
    return None


def _described(battery: Battery, asked: Sequence[Asked]) -> Slip | None:
    clauses = []
    for position, group in itertools.groupby(asked, key=lambda a: a.position):
        rows = _rows(list(group))
        said = next((text for row in rows if (text := _row(battery, battery.parameters[position], row, asked))), "")
        clauses += [said] if said else []
    clauses = list(dict.fromkeys(clauses))
    return Slip("right_up_to_a_border", "; ".join(clauses), None) if clauses else None


def _rows(group: Sequence[Asked]) -> list[list[Asked]]:
    """The argument's numbers in order, once for each way in which the other arguments stood still."""
    keys = [tuple(str(arg) for i, arg in enumerate(a.call.args) if i != a.position) for a in group]
    return [
        sorted((a for a, k in zip(group, keys, strict=True) if k == key), key=lambda a: a.number)
        for key in dict.fromkeys(keys)
    ]


def _row(battery: Battery, name: str, row: Sequence[Asked], asked: Sequence[Asked]) -> str:
    """Where along one argument the answer is right: on one stretch with wrong ends, or at both ends with a wrong middle."""
    runs = [(good, list(g)) for good, g in itertools.groupby(row, key=lambda a: a.good)]
    right = sum(a.good for a in row)
    if len(runs) not in (2, 3) or right < len(row) / 4 or right == len(row):
        return ""
    bad = [a for good, run in runs if not good for a in run]
    if floor := _floor(asked, bad):
        return floor
    if len(runs) == 3 and runs[0][0]:
        low, high = runs[1][1][0], runs[1][1][-1]
        return (
            f"it is right but for {name} from {low.number:g} to {high.number:g}: {_example(name, bad[len(bad) // 2])}"
        )
    good = next(run for good, run in runs if good)
    lower = _edge(battery, runs[0][1], good[0]) if not runs[0][0] else None
    upper = _edge(battery, runs[-1][1][::-1], good[-1]) if not runs[-1][0] else None
    flat = all(_plateau(run) for is_good, run in runs if not is_good)
    where = f"from {lower} to {upper}" if lower and upper else f"above {lower}" if lower else f"below {upper}"
    how = "beyond, its value no longer changes" if flat else "beyond, it is not"
    worst = max(bad, key=lambda a: abs(a.found - a.wanted))
    return f"it is right for {name} {where}; {how}: {_example(name, worst)}"


def _floor(asked: Sequence[Asked], bad: Sequence[Asked]) -> str:
    """The value itself has a limit: wherever it is wrong it is the same number, and nowhere is it beyond."""
    limit = bad[0].found
    if len(bad) < 3 or any(abs(a.found - limit) > _NEAR * (1 + abs(limit)) for a in bad):
        return ""
    if abs(bad[0].wanted - bad[-1].wanted) < _NEAR and len({round(a.wanted, 6) for a in bad}) < 2:
        return ""
    if all(a.wanted <= limit + _NEAR for a in bad) and all(a.found >= limit - _NEAR for a in asked):
        return f"its value never falls below {limit:.4g}, though {min(a.wanted for a in bad):.4g} would be right"
    return ""


def _plateau(run: Sequence[Asked]) -> bool:
    return len(run) > 1 and all(abs(a.found - run[0].found) <= _NEAR * (1 + abs(a.found)) for a in run)


def _edge(battery: Battery, run: Sequence[Asked], good: Asked) -> str:
    """Where the answer stops being right: at the number whose right value it keeps, or between two numbers."""
    bad = run[-1]
    if _plateau(run) and battery.knows_more:
        low, high = good.number, bad.number
        value = _along(battery, good)
        rising = value(high) > value(low)
        for _ in range(50):
            middle = (low + high) / 2
            low, high = (middle, high) if (value(middle) < bad.found) == rising else (low, middle)
        return f"{low:.3g}"
    return f"{good.number:.3g}"


def _along(battery: Battery, start: Asked) -> Callable[[float], float]:
    """The oracle's value as a function of the moving argument."""

    def value(number: float) -> float:
        args = tuple(torch.full_like(a, number) if i == start.position else a for i, a in enumerate(start.call.args))
        return float(battery.oracle(*(a.double() for a in args)).flatten()[0])

    return value


def _example(name: str, asked: Asked) -> str:
    return f"at {name} = {asked.number:.4g} it is {asked.found:.4g}, and {asked.wanted:.4g} is right"

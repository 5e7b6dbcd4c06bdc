"""A reading as a formula in plain text: ½ Σ(μ² + σ - log σ² − 1)."""

import itertools
from collections.abc import Callable, Sequence

from autograder.checks.readback.slip import number
from autograder.inputs import Formula, Law, Reading, Term

_Row = tuple[Term, Law]


def written(formula: Formula, reading: Reading) -> str:
    """The formula that was read, in the order in which its terms are declared."""
    rows = [(term, reading.laws[term.slug]) for term in formula.terms if term.slug in reading.laws]
    if not rows:
        return "0"
    groups = [list(g) for _, g in itertools.groupby(sorted(rows, key=_place(formula)), key=_alike)]
    text = "".join(_group(formula, reading, group) for group in groups)
    return text.removeprefix(" + ") if text.startswith(" + ") else "−" + text.removeprefix(" − ")


def _place(formula: Formula) -> Callable[[_Row], tuple[int, str, tuple[tuple[str, int], ...]]]:
    order = {part: i for i, part in reversed(list(enumerate(term.part for term in formula.terms)))}
    return lambda row: (order[row[0].part], row[0].axes, row[1].powers)


def _alike(row: _Row) -> object:
    return row[0].part, row[0].axes, row[1].powers


def _group(formula: Formula, reading: Reading, group: Sequence[_Row]) -> str:
    """Terms with the same reduction: their common factor, Σ or mean, and they themselves."""
    if len(group) == 1 and group[0][0].constant and not group[0][1].powers:
        return _summand(group[0][0], group[0][1].number)
    sizes = {round(abs(law.number), 9) for _, law in group}
    common = sizes.pop() if len(sizes) == 1 else 1.0
    sign = -1 if group[0][1].number < 0 else 1
    inner = "".join(_summand(term, sign * law.number / common) for term, law in group)
    inner = inner.removeprefix(" + ")
    sums = _sums(formula, reading, *group[0])
    many = len(group) > 1
    if many and (sums or common != 1 or sign < 0):
        inner = f"({inner})"
    elif sums:
        inner = f" {inner}"
    factor = "" if common == 1 else number(common) + ("" if inner.startswith("(") and not sums else " ")
    return (" − " if sign < 0 else " + ") + f"{factor}{sums}{inner}".strip()


def _summand(term: Term, value: float) -> str:
    size = abs(value)
    symbol = term.symbol
    if term.constant:
        symbol, size = number(size), 1.0
    return (" − " if value < 0 else " + ") + ("" if abs(size - 1) < 1e-6 else f"{number(size)} ") + symbol


def _sums(formula: Formula, reading: Reading, term: Term, law: Law) -> str:
    """What is done over the axes: mean, Σ, and sizes that it is multiplied with beside."""
    own = [axis for axis in term.axes.split() if axis not in reading.kept]
    means = [axis for axis in own if law.power(axis) == -1]
    rest = [axis for axis in own if axis not in means]
    others = [(a, p) for a, p in law.powers if a not in means]
    if others:
        return "".join(_power(formula, a, p) for a, p in others) + " ".join(["mean"] * bool(means) + ["Σ"] * bool(rest))
    return " ".join(["mean"] * bool(means) + ["Σ"] * bool(rest))


def _power(formula: Formula, axis: str, power: int) -> str:
    count = formula.axes[axis].count
    return f"1/({count}) " if power == -1 else f"({count}) " if power == 1 else f"1/({count})² "

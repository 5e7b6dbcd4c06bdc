"""Another statistic in the place of a sum or mean: the median, the largest, the first row."""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from autograder.checks.readback.slip import Slip, slugged
from autograder.inputs import Formula, Reading, read_sum, reduced

Statistic = Callable[[Tensor, int], Tensor]

_STATISTICS: dict[str, Statistic] = {
    "maximum": lambda t, axis: t.amax(axis),
    "minimum": lambda t, axis: t.amin(axis),
    "median": lambda t, axis: t.median(axis).values,
    "middle": lambda t, axis: t.quantile(0.5, axis),  # of an even number: numpy's median
    "first": lambda t, axis: t.select(axis, 0),
    "last": lambda t, axis: t.select(axis, -1),
    "standard deviation": lambda t, axis: t.std(axis),
    "spread": lambda t, axis: t.std(axis, correction=0),
    "product": lambda t, axis: t.prod(axis),
}
_SAID = {"middle": "median", "spread": "standard deviation"}


def statistic(formula: Formula, right: Reading, values: tuple[Sequence[Tensor], Sequence[Tensor]]) -> Slip | None:
    """The statistic of the right formula's parts, over one axis, that gives the values; None if there is none."""
    flat = [torch.cat([v.double().flatten() for v in side]) for side in values]
    parts = list(dict.fromkeys(formula.term(slug).part for slug in right.laws))
    sums = [[_column(formula, right, i, part, None, "") for part in parts] for i in (0, 1)]
    kinds = dict.fromkeys(formula.kind(axis) for axis in formula.axes if axis not in right.kept)
    for name, axis in ((name, axis) for axis in kinds for name in _STATISTICS):
        taken = [[_column(formula, right, i, part, _STATISTICS[name], axis) for part in parts] for i in (0, 1)]
        columns = [[c for c in (*t, *s) if c is not None] for t, s in zip(taken, sums, strict=True)]
        ours = sum(c is not None for c in taken[0])
        if not ours or any(len(c[0]) != len(v) for c, v in zip(columns, flat, strict=True)):
            continue
        found = read_sum(
            [torch.stack(c, 1) for c in columns], flat, [formula.sizes(i) for i in (0, 1)], [True] * len(columns[0])
        )
        if found and any(at < ours for at in found):
            return _slip(formula, right, _SAID.get(name, name), axis)
    return None


def _slip(formula: Formula, right: Reading, name: str, axis: str) -> Slip:
    words = formula.axis(axis).words
    own = [name for name in formula.axes if formula.kind(name) == axis]
    asked = "mean" if any(law.power(name) == -1 for law in right.laws.values() for name in own) else "sum"
    what = f"the {name} element of {words} alone" if name in ("first", "last") else f"the {name} over {words}"
    return Slip(f"{slugged(name)}_over_{slugged(words)}", f"{what} is taken where the {asked} is asked", None)


def _column(formula: Formula, right: Reading, i: int, part: str, taken: Statistic | None, kind: str) -> Tensor | None:
    """A part of the right formula at the points of size ``i``, with the statistic over one axis and sums over the others."""
    rows = [at for at, term in enumerate(formula.terms) if term.part == part and term.slug in right.laws]
    axes = formula.terms[rows[0]].axes.split()
    axis = next((name for name in axes if formula.kind(name) == kind), "")
    if any(formula.terms[at].axes.split() != axes for at in rows) or (taken and not axis):
        return None
    weights = [right.laws[formula.terms[at].slug].number if len(rows) > 1 else 1.0 for at in rows]
    found = []
    for point in range(len(formula.points[i])):
        summands = (w * formula.values[i][at][point] for w, at in zip(weights, rows, strict=True))
        element = torch.stack(list(summands)).sum(0)
        left = list(axes)
        if taken:
            for other in [a for a in axes if a != axis and a not in right.kept]:
                element = element.sum(left.index(other))
                left.remove(other)
            element = taken(element, left.index(axis))
            left.remove(axis)
        found.append(reduced(element, left, right.kept, formula.sizes(i)))
    return torch.cat(found)

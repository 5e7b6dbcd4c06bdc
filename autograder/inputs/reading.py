"""A formula read back from values: which sum of its terms a function computes, and what it keeps of the axes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import torch
from torch import Tensor

from autograder.inputs import fit
from autograder.inputs.fit import Law
from autograder.inputs.formula import Formula

Values = tuple[Sequence[Tensor], Sequence[Tensor]]
"""For either size, a function's values at the formula's points."""


@dataclass(frozen=True)
class Reading:
    """What a function computes: coefficients by the slugs of their terms, and the axes that its result keeps."""

    laws: Mapping[str, Law]
    kept: tuple[str, ...]


def read_formula(formula: Formula, values: Values, *, right: bool = False) -> Reading | None:
    """The sparsest reading of the values; None where they are no such sum. ``right`` allows the right terms alone."""
    kept = [_kept(formula, i, values[i]) for i in (0, 1)]
    if kept[0] is None or kept[0] != kept[1]:
        return None
    terms = [at for at, term in enumerate(formula.terms) if not (right and term.instead)]
    columns = [columns_of(formula, i, kept[0], terms) for i in (0, 1)]
    flat = [torch.cat([v.double().flatten() for v in values[i]]) for i in (0, 1)]
    plain = [not formula.terms[at].instead for at in terms]
    sizes = [formula.sizes(i) for i in (0, 1)]
    found = fit.read(columns, flat, sizes, plain) or fit.read(columns, flat, sizes, plain, rough=True)
    if found is None:
        return None
    return Reading({formula.terms[terms[at]].slug: law for at, law in found.items()}, kept[0])


def columns_of(formula: Formula, i: int, kept: Sequence[str], terms: Sequence[int]) -> Tensor:
    """The terms at the points of size ``i`` as columns, summed over all axes but those kept."""
    rows = [
        torch.cat([reduced(v, formula.terms[at].axes.split(), kept, formula.sizes(i)) for v in formula.values[i][at]])
        for at in terms
    ]
    return torch.stack(rows, 1)


def reduced(value: Tensor, axes: Sequence[str], kept: Sequence[str], sizes: Mapping[str, int]) -> Tensor:
    """Summed over all axes but those kept, flat; along axes that it lacks it is repeated."""
    gone = [place for place, name in enumerate(axes) if name not in kept]
    value = value.sum(gone) if gone else value
    for place, name in enumerate(kept):
        if name not in axes:
            value = value.unsqueeze(place)
    return value.expand([sizes[name] for name in kept]).flatten()


def _kept(formula: Formula, i: int, values: Sequence[Tensor]) -> tuple[str, ...] | None:
    """The axes that the values have, told by their sizes; None if they are of other shapes."""
    shapes = {tuple(n for n in value.shape if n != 1) for value in values}
    sizes = formula.sizes(i)
    if len(shapes) != 1:
        return None
    shape = shapes.pop()
    return next((names for names in combinations(sizes, len(shape)) if tuple(sizes[n] for n in names) == shape), None)

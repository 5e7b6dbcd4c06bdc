"""The sparsest sum of terms that gives some values exactly: least squares in float64, at two sizes.

Where the values are such a sum, the relative residual is rounding (below 1e-13), and elsewhere it is not (above 1e-5), so that
an exact fit is a proof. A coefficient's dependence on the sizes of the axes shows which of them were averaged.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import torch
from torch import Tensor

EXACT = 1e-11
ROUGH = 3e-6
"""Relative residuals: of values in float64, and of values in float32 or with an eps guard, whose coefficients must be simple."""

_MOST_READINGS = 400


@dataclass(frozen=True)
class Law:
    """A coefficient: ``number`` times powers of the axes' sizes."""

    number: float
    powers: tuple[tuple[str, int], ...] = ()

    def __truediv__(self, other: "Law") -> "Law":
        powers = dict(self.powers)
        for axis, power in other.powers:
            powers[axis] = powers.get(axis, 0) - power
        return Law(self.number / other.number, tuple(sorted((a, p) for a, p in powers.items() if p)))

    def power(self, axis: str) -> int:
        return dict(self.powers).get(axis, 0)

    def without(self, axis: str) -> "Law":
        return Law(self.number, tuple((a, p) for a, p in self.powers if a != axis))

    def same(self, other: "Law") -> bool:
        return self.powers == other.powers and abs(self.number - other.number) <= 1e-6 * abs(other.number)


def read(
    columns: Sequence[Tensor],
    values: Sequence[Tensor],
    sizes: Sequence[Mapping[str, int]],
    plain: Sequence[bool],
    rough: bool = False,
) -> dict[int, Law] | None:
    """Column number -> coefficient of the sparsest exact sum; None if there is none.

    Args:
        columns: for either size, a matrix (points, terms).
        values: for either size, a vector (points,).
        sizes: for either size, the lengths of the axes.
        plain: which terms are those of the right formula: preferred where readings are equally sparse.
        rough: the values are rounded to float32 or guarded: coefficients must be simple.
    """
    tolerance = ROUGH if rough else EXACT
    if any(len(v) <= len(plain) or not v.isfinite().all() for v in values):
        return None
    if any(_solve(a, v)[1] > tolerance for a, v in zip(columns, values, strict=True)):
        return None
    for support in _supports(columns[0], values[0], plain, tolerance):
        solved = [_solve(a[:, support], v) for a, v in zip(columns, values, strict=True)]
        if any(residual > tolerance for _, residual in solved):
            continue
        laws = [
            _law(a, b, *sizes, rough=rough) for a, b in zip(solved[0][0].tolist(), solved[1][0].tolist(), strict=True)
        ]
        found = {at: law for at, law in zip(support, laws, strict=True) if law is not None}
        if len(found) == len(support):
            return found
    return None


def _solve(matrix: Tensor, values: Tensor) -> tuple[Tensor, float]:
    """Coefficients of the least squares, and the residual relative to the values."""
    if matrix.shape[1] == 0:
        return values.new_zeros(0), 0.0 if not values.any() else 1.0
    scale = matrix.norm(dim=0).clamp(min=1e-300)
    found = torch.linalg.lstsq(matrix / scale, values, rcond=1e-13, driver="gelsd").solution
    size = float(values.norm())
    residual = float((matrix / scale @ found - values).norm())
    return found / scale, residual / size if size else residual


def _supports(matrix: Tensor, values: Tensor, plain: Sequence[bool], tolerance: float) -> list[list[int]]:
    """Sets of terms that give the values, the sparsest first. Terms that depend on each other make several."""
    found = []
    for kept in _bases(matrix):
        support = _thinned(matrix, values, kept, tolerance)
        if support is not None and support not in found:
            found.append(support)
    return sorted(found, key=lambda support: (len(support), sum(not plain[i] for i in support), support))


def _bases(matrix: Tensor) -> Iterator[list[int]]:
    """Independent sets of columns that span what all of them do. The sparsest solution stands on one of them."""
    unit = matrix / matrix.norm(dim=0).clamp(min=1e-300)
    _, sizes, right = torch.linalg.svd(unit, full_matrices=False)
    null = right[sizes < 1e-9 * sizes[0]]
    everything = list(range(matrix.shape[1]))
    tangled = [i for i in everything if len(null) and null[:, i].norm() > 1e-6]
    for dropped in itertools.islice(itertools.combinations(tangled, len(null)), _MOST_READINGS):
        if len(null) == 0 or torch.linalg.matrix_rank(null[:, list(dropped)], rtol=1e-6) == len(null):
            yield [i for i in everything if i not in dropped]


def _thinned(matrix: Tensor, values: Tensor, kept: list[int], tolerance: float) -> list[int] | None:
    """Those of independent columns that are needed: the least of them is left out as long as the values are given without it."""
    kept = list(kept)
    found, residual = _solve(matrix[:, kept], values)
    if residual > tolerance:
        return None
    while kept:
        weight = found.abs() * matrix[:, kept].norm(dim=0)
        least = int(weight.argmin())
        if float(weight[least]) > 1e-3 * float(values.norm()):
            break
        rest = kept[:least] + kept[least + 1 :]
        again, residual = _solve(matrix[:, rest], values)
        if residual > tolerance:
            break
        kept, found = rest, again
    return kept


def _law(
    small: float, large: float, at_small: Mapping[str, int], at_large: Mapping[str, int], *, rough: bool
) -> Law | None:
    """The coefficient as a number times powers of sizes: the simplest that has both values."""
    near = 1e-3 if rough else 1e-6
    fits = []
    for powers in itertools.product((0, -1, 1, -2), repeat=len(at_small)):
        a, b = small, large
        for axis, power in zip(at_small, powers, strict=True):
            a, b = a / at_small[axis] ** power, b / at_large[axis] ** power
        if abs(a - b) <= near * abs(a):
            said = tuple(sorted((axis, power) for axis, power in zip(at_small, powers, strict=True) if power))
            number, cost = _simple(a, near)
            if not rough or cost < 100:
                fits.append(((cost + 3 * sum(map(abs, powers)), powers), Law(number, said)))
    return min(fits, key=lambda fit: fit[0])[1] if fits else None


def _simple(number: float, near: float) -> tuple[float, float]:
    """The simplest fraction near the number, with how far from simple it is; the number itself where there is none."""
    for most in (4, 16, 1000, 20000):
        fraction = Fraction(number).limit_denominator(most)
        if fraction and abs(float(fraction) - number) <= min(near, 1e-2 / most) * abs(number):
            return float(fraction), fraction.denominator + abs(fraction.numerator)
    return number, 1e6

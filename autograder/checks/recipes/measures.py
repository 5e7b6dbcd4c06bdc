"""Numbers that a recipe takes of its values, and the bounds on them. All are computed on this side."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from autograder.checks.recipes.values import Values
from autograder.model import CourseError, Mistake, listed

MOST_ROWS = 2_000  # that are compared each with each: what came back may be of any size


def _first(curve: Tensor) -> Tensor:
    return curve.flatten()[: max(len(curve.flatten()) // 10, 1)].mean()


def _last(curve: Tensor) -> Tensor:
    return curve.flatten()[-max(len(curve.flatten()) // 10, 1) :].mean()


def _of_classes(logits: Tensor, classes: Tensor) -> tuple[Tensor, Tensor]:  # (n, classes), (n,)
    if logits.dim() != 2 or classes.shape != logits.shape[:1]:
        raise ValueError
    return logits, classes.long()


def _accuracy(logits: Tensor, classes: Tensor) -> Tensor:
    logits, classes = _of_classes(logits, classes)
    return (logits.argmax(1) == classes).double().mean()


def _cross_entropy(logits: Tensor, classes: Tensor) -> Tensor:
    return cross_entropy(*_of_classes(logits, classes))


def _rows(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:  # (n, d) each; nothing is broadcast
    a, b = a.flatten(1), b.flatten(1)
    if a.shape != b.shape:
        raise ValueError
    return a, b


def _pairs(a: Tensor, b: Tensor) -> Tensor:  # (n, m)
    if max(len(a), len(b)) > MOST_ROWS:
        raise ValueError
    return torch.cdist(a, b)


def _distance(a: Tensor, b: Tensor) -> Tensor:
    a, b = _rows(a, b)
    return (a - b).square().sum(1).mean()


def _own(a: Tensor, b: Tensor) -> Tensor:
    """How often a row of ``a`` is nearer to its own row of ``b`` than to another one; 1/2 by chance."""
    distance = _pairs(*_rows(a, b))  # (n, n)
    n = len(distance)
    return (distance.diagonal().unsqueeze(1) < distance).sum() / (n * (n - 1))


def _energy(a: Tensor, b: Tensor) -> Tensor:
    """2 E|a - b| - E|a - a'| - E|b - b'| of two sets of points: 0 for the same distribution.

    Source: Székely and Rizzo, Energy statistics (2013), equation 4.
    """
    a, b = a.flatten(1), b.flatten(1)
    within = (_pairs(x, x).sum() / (len(x) * (len(x) - 1)) for x in (a, b))
    return 2 * _pairs(a, b).mean() - sum(within)


KINDS: Mapping[str, tuple[int, Callable[..., Tensor]]] = {  # what is measured -> of how many values, and how
    "mean": (1, lambda x: x.mean()),
    "least": (1, lambda x: x.min()),
    "largest": (1, lambda x: x.max()),
    "first tenth": (1, _first),
    "last tenth": (1, _last),
    "spread of rows": (1, lambda x: x.flatten(1).std(0).mean()),
    "accuracy": (2, _accuracy),
    "cross-entropy": (2, _cross_entropy),
    "squared distance": (2, _distance),
    "nearer to own": (2, _own),
    "energy distance": (2, _energy),
}


@dataclass(frozen=True)
class Measure:
    """A number taken of one value or of two, by their names in the recipe; ``times`` a factor.

    ``kind`` is "mean", "least" or "largest" of all elements; "first tenth" or "last tenth", the mean of that part of a curve;
    "spread of rows", the standard deviation between rows, averaged; of two values "accuracy" or "cross-entropy" of logits and
    classes, "squared distance" of rows, "nearer to own", how often a row is nearer to its own row than to another one, or the
    "energy distance" of two sets of rows.

    Raises:
        CourseError: there is no such measure, or it is of another number of values.
    """

    kind: str
    of: tuple[str, ...]
    times: float = 1.0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise CourseError(f"There is no measure {self.kind!r}; there are {listed(KINDS)}.")
        if len(self.of) != KINDS[self.kind][0]:
            raise CourseError(f"The measure {self.kind!r} is of {KINDS[self.kind][0]} values, not of {len(self.of)}.")

    def find(self, values: Values) -> float:
        """The number.

        Raises:
            Mistake: what came back has shapes of which it cannot be told.
        """
        found = [values.tensor(name) for name in self.of]
        try:
            return self.times * float(KINDS[self.kind][1](*found))
        except (RuntimeError, IndexError, ValueError, ZeroDivisionError):
            shapes = listed(f"{name} of shape {tuple(x.shape)}" for name, x in zip(self.of, found, strict=True))
            raise Mistake(f"Your code gives {shapes}; the {self.kind} cannot be told of that.") from None


@dataclass(frozen=True)
class Bound:
    """What a measure must at least, or at most, be: a number or another measure.

    ``says`` is what a student reads where it is not; ``{found}`` and ``{wanted}`` in it stand for the two numbers. A mistake with
    a ``name`` is known by it, is not tried again at another seed, and leaves the share ``credit`` of the exercise's points.
    """

    measure: Measure
    says: str
    at_least: "float | Measure | None" = None
    at_most: "float | Measure | None" = None
    hint: str = ""
    name: str = ""
    credit: float | None = None

    def __post_init__(self) -> None:
        if (self.at_least is None) == (self.at_most is None):
            raise CourseError(f"The bound on the {self.measure.kind} takes at_least or at_most, one of them.")

    def must_hold(self, values: Values) -> None:
        """Raises Mistake where it does not; what is no number is within no bound."""
        limit = self.at_most if self.at_least is None else self.at_least
        assert limit is not None
        found = self.measure.find(values)
        wanted = limit.find(values) if isinstance(limit, Measure) else float(limit)
        if found <= wanted if self.at_least is None else found >= wanted:
            return
        said = self.says.replace("{found}", f"{found:.4g}").replace("{wanted}", f"{wanted:.4g}")
        raise Mistake(said, name=self.name, credit=self.credit, hint=self.hint)

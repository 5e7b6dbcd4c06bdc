"""What a waypoint of the exercise's own asks of a line: a formula that stands in it, inside of what, and what is gone."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from autograder.maths.judging.forms import Others, Waypoint
from autograder.maths.judging.shapes import is_exponential, shape, shapes
from autograder.maths.language import Language
from autograder.maths.reading.reader import read
from autograder.maths.tree import (
    Call,
    Derivative,
    Divergence,
    Entropy,
    Expectation,
    Integral,
    Node,
    Sum,
    Variance,
    walk,
)
from autograder.model import CourseError, listed

THINGS: Mapping[str, Callable[[Node], bool]] = {
    "log": lambda part: isinstance(part, Call) and part.function == "log",
    "exp": is_exponential,
    "derivative": lambda part: isinstance(part, Derivative),
    "expectation": lambda part: isinstance(part, Expectation),
    "variance": lambda part: isinstance(part, Variance),
    "sum": lambda part: isinstance(part, Integral) and part.kind == "sum",
    "integral": lambda part: isinstance(part, Integral) and part.kind == "integral",
    "KL": lambda part: isinstance(part, Divergence),
    "entropy": lambda part: isinstance(part, Entropy),
}


@dataclass(frozen=True)
class Shown:
    """What a line must show.

    Attributes:
        formulas: one of them stands in the line as a part, up to the order of terms and factors; none: any line.
        inside: one of ``THINGS`` in which the formula must stand, or "".
        gone: one of ``THINGS`` that another line of the derivation has and this one has not, or "".
    """

    formulas: Sequence[str] = ()
    inside: str = ""
    gone: str = ""


def showing(shown: Shown, language: Language) -> Waypoint:
    """The waypoint that a line passes which shows all of it.

    Raises:
        CourseError: there is no such thing to be inside of, or to be gone.
        Unreadable: a formula cannot be read.
    """
    parts = [_part(read(formula, language), language) for formula in shown.formulas]
    inside, gone = (_thing(word) for word in (shown.inside, shown.gone))

    def test(tree: Node, others: Others, end: bool) -> bool:
        places = [tree] if inside is None else [part for part in walk(tree) if inside(part)]
        seen = not parts or any(part(place) for part in parts for place in places)
        return seen and (gone is None or (not _has(tree, gone) and any(_has(other, gone) for other in others)))

    return test


def _thing(word: str) -> Callable[[Node], bool] | None:
    if word and word not in THINGS:
        raise CourseError(f"A waypoint can look inside of, or ask to be gone: {listed(THINGS)}; not {word!r}.")
    return THINGS.get(word)


def _has(tree: Node, thing: Callable[[Node], bool]) -> bool:
    return any(map(thing, walk(tree)))


def _part(part: Node, language: Language) -> Callable[[Node], bool]:
    """Whether a tree has ``part`` in it, or all terms of it in a sum."""
    wanted, terms = shape(part, language), Counter(map(repr, shapes(part, language)))

    def test(tree: Node) -> bool:
        return any(
            shape(inner, language) == wanted
            or (isinstance(inner, Sum) and terms <= Counter(map(repr, shapes(inner, language))))
            for inner in walk(tree)
        )

    return test

"""Slips of the exercise's own: what an author says, and gives, for a wrong line that is expected."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass

from autograder.maths.judging.equality import Judge
from autograder.maths.reading.reader import read
from autograder.maths.tree import Node
from autograder.model import CourseError


@dataclass(frozen=True)
class OwnSlip:
    """What is said of one slip.

    Attributes:
        line: what a line with this slip is equal to, or several such formulas. "" for a slip that is known by its name, such as
            "sign of a term": it then has these words and this credit.
        tell: sentences for the student; "" for those of the slip that is known.
        credit: share of the exercise's points that is left; None for what the lines before it earn.
    """

    line: str | Sequence[str] = ""
    tell: str = ""
    credit: float | None = None


@dataclass(frozen=True)
class Declared:
    name: str
    tell: str
    trees: tuple[Node, ...]


def with_slips(judge: Judge, slips: Mapping[str, OwnSlip], known: Sequence[str]) -> Judge:
    """The judge, knowing these slips beside its own.

    Raises:
        CourseError: a slip has neither a line nor a known name, no words, or a credit that is no share.
        Unreadable: a line cannot be read.
    """
    changed = copy(judge)
    changed.slips = tuple(_declared(name, slip, judge, known) for name, slip in slips.items())
    return changed


def _declared(name: str, slip: OwnSlip, judge: Judge, known: Sequence[str]) -> Declared:
    lines = [slip.line] if isinstance(slip.line, str) else slip.line
    lines = [line for line in lines if line.strip()]
    if not lines and name not in known:
        raise CourseError(f"The slip {name!r} needs a line that it leads to; known without one are {', '.join(known)}.")
    if lines and not slip.tell.strip():
        raise CourseError(f"The slip {name!r} needs a tell: a sentence that says to the student what went wrong.")
    if slip.credit is not None and not 0 <= slip.credit <= 1:
        raise CourseError(f"The credit of the slip {name!r} must be a share from 0 to 1, not {slip.credit!r}.")
    return Declared(name, slip.tell, tuple(read(line, judge.language) for line in lines))


def expected(judge: Judge, line: Node) -> tuple[str, str] | None:
    """(name, sentence) of the slip of the exercise's own that leads to this line, if there is one."""
    return next(
        (
            (one.name, one.tell)
            for one in judge.slips
            if any(judge.compare(line, tree).status == "equal" for tree in one.trees)
        ),
        None,
    )


def in_its_words(judge: Judge, found: tuple[str, str]) -> tuple[str, str]:
    """A known slip with the words that the exercise has for it."""
    name, sentence = found
    return name, next((one.tell for one in judge.slips if one.name == name and one.tell), sentence)

"""The mistakes people make in a step, and which of them explains a line.

A slip is looked for in two ways: mending the student's own line at one place gives the line above ("the sign of
this term"), or spoiling the line above at one place gives the student's line ("the logarithm was taken outside").
Values decide, in generic worlds.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from autograder.maths.judging import changes
from autograder.maths.judging.equality import Judge, Outcome
from autograder.maths.judging.own_slips import expected, in_its_words
from autograder.maths.reading.echo import latex
from autograder.maths.tree import (
    Negative,
    Node,
    Sum,
    variants,
)
from autograder.maths.worlds import scalars
from autograder.maths.worlds.scalars import Undecidable, Undefined

MAX_TRIES = 160  # candidates per line
MAX_STEPS = 60_000  # of computing them
Change = Callable[[Node], list[Node]]


@dataclass(frozen=True)
class Slip:
    """``sentence`` may have ``{part}`` in it: the place, as LaTeX. ``mends``: applied to the student's line, not
    the line above."""

    name: str
    sentence: str
    change: Change
    mends: bool


def find(judge: Judge, above: Node, line: Node) -> tuple[str, str] | None:
    """(name, sentence) of the slip that turns the line above into this line: one that the exercise expects, or a known one.
    None if there is none."""
    if own := expected(judge, line):
        return own
    found = _known(judge, above, line)
    return in_its_words(judge, found) if found else None


def _known(judge: Judge, above: Node, line: Node) -> tuple[str, str] | None:
    wanted = _print(judge, above), _print(judge, line)
    if None in wanted or not judge.slips_left:
        return None
    judge.slips_left -= 1
    tries = steps = 0
    for slip in SLIPS:
        start, goal = (line, wanted[0]) if slip.mends else (above, wanted[1])
        for whole, old, new in variants(start, slip.change):
            tries += 1
            if tries > MAX_TRIES or steps > MAX_STEPS:
                return None
            fits = _fits(judge, whole, goal)
            steps += judge.generic[0].steps
            if fits:
                part = new if old == start and not slip.mends else old
                return slip.name, slip.sentence.format(part=f"${latex(_shown(slip, old, new, part))}$")
    return None


def _shown(slip: Slip, old: Node, new: Node, part: Node) -> Node:
    """What to point at: of a sum in which one term changed, that term."""
    if isinstance(old, Sum):
        kept = new.terms if isinstance(new, Sum) else (new,)
        changed = [term for term in old.terms if term not in kept]
        if len(changed) == 1:
            return changed[0].of if isinstance(changed[0], Negative) else changed[0]
    return old if slip.mends else part


def _print(judge: Judge, tree: Node) -> tuple[Outcome, Outcome] | None:
    """Values in two generic worlds; None if there are none."""
    values = tuple(judge.outcome(world, tree) for world in judge.generic[:2])
    if len(values) < 2 or any(isinstance(value, Undefined | Undecidable) for value in values):
        return None
    return values[0], values[1]


def _fits(judge: Judge, tree: Node, goal: tuple[Outcome, Outcome] | None) -> bool:
    assert goal is not None
    for world, wanted in zip(judge.generic, goal, strict=False):
        value = judge.fresh(world, tree, frozenset())
        if isinstance(value, Undefined | Undecidable) or scalars.differ(value, wanted) is not False:
            return False
    return True


SLIPS: tuple[Slip, ...] = (
    Slip(
        "ambiguous fraction",
        "What is written is read as {part}; write brackets, log(a/b) or 1/(2a), if you mean something else.",
        changes.quotient_of_logs,
        True,
    ),
    Slip("KL the wrong way round", "The two distributions of {part} are swapped.", changes.swapped_divergence, True),
    Slip("logarithm turned round", "The fraction inside {part} is upside down.", changes.turned_quotient, True),
    Slip("sign of a term", "The sign of the term {part} is turned round.", changes.signs, True),
    Slip("sign of the whole", "The sign of {part} is turned round.", changes.turned_whole, True),
    Slip(
        "expectation under the other distribution",
        "The expectation {part} is under the wrong distribution.",
        changes.other_distribution,
        True,
    ),
    Slip("a lost half", "A factor 1/2 is missing at {part}.", changes.halves, True),
    Slip(
        "sigma for sigma squared",
        "At {part} stands a sigma where sigma² belongs, or the reverse.",
        changes.squares,
        True,
    ),
    Slip(
        "Var = E[x²] without the mean",
        "The second moment {part} was taken for the variance: E[y²] = Var[y] + E[y]², and the mean is not 0.",
        changes.lost_mean,
        False,
    ),
    Slip(
        "logarithm taken outside",
        "The logarithm was taken outside the expectation or integral; E[log y] is not log E[y].",
        changes.log_outside,
        False,
    ),
    Slip(
        "square of a sum", "The square {part} lacks its mixed term: (a + b)² = a² + 2ab + b².", changes.crossless, False
    ),
    Slip("a term dropped", "The term {part} of the line above got lost.", changes.dropped_terms, False),
    Slip("index swapped", "At {part} stands the parameter of the other distribution.", changes.other_index, True),
    Slip("log(1 - a) taken apart", "{part} is neither 1 - log a nor -log a.", changes.log_moved_in, False),
    Slip("a factor 2 too little", "The term {part} is half as large as it should be.", changes.doubles, True),
    Slip("a lost half", "A factor 1/2 in front of {part} is missing.", changes.whole_half, True),
)


NAMES = tuple(
    dict.fromkeys(slip.name for slip in SLIPS)
)  # what a slip of the exercise's own may be called without a line


def slug(name: str) -> str:
    """A slip's name as an identifier: "sign of a term" -> "sign_of_a_term"."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower().replace("²", "2")).strip("_")

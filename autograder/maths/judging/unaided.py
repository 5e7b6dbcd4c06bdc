"""Line by line without a target: each line against the line above it, as a student may know before handing in."""

from collections.abc import Mapping
from dataclasses import replace

from autograder.maths.judging.chains import naming
from autograder.maths.judging.derivation import examine
from autograder.maths.judging.equality import Judge
from autograder.maths.judging.steps import LineVerdict
from autograder.maths.judging.tasks import Task
from autograder.maths.reading.equations import Script, Side, script
from autograder.maths.reading.rows import rows
from autograder.maths.tree import Node, Symbol

ASKED = "what is to be derived"  # as the judge calls the target
MOST_LEADS = 6  # beginnings of equations of which one is the derivation's


def unaided(text: str, judge: Judge, given: Mapping[str, Node]) -> tuple[LineVerdict, ...]:
    """The verdict on every row of ``text`` by what stands in it alone: no start, no target and no waypoint is asked.

    Args:
        given: names of the exercise that lines may use, and what they stand for.

    A line that cannot be decided without more is only read.
    """
    judge.start()
    first = _first(script(rows(text), judge.language, given), judge)
    target = first.tree if first else Symbol("")
    lines = examine(text, Task(judge, (), target, given, {}, None, None, ())).lines
    return tuple(_said(line, first) if first else line for line in lines)


def _first(found: Script, judge: Judge) -> Side | None:
    """The side that everything in the derivation should equal: what is computed, else the beginning that most sides equal."""
    equal = [equation for equation in found.equations if equation.relation == "="]
    new = [equation for place, equation in enumerate(equal) if not (place and equation.continues)]
    leads = [equation.sides[0] for equation in new][:MOST_LEADS]
    sides = [side for equation in found.equations for side in equation.sides]
    named = next((side for side in leads if naming(side)), None)
    return named or max(leads, key=lambda lead: _equal(lead, sides, judge), default=None)


def _equal(lead: Side, sides: list[Side], judge: Judge) -> int:
    return sum(judge.compare(side.tree, lead.tree).status == "equal" for side in sides)


def _said(line: LineVerdict, first: Side) -> LineVerdict:
    """A verdict in words that claim nothing about what is asked: what the derivation computes is its own first side."""
    if line.verdict == "undecided":
        return replace(line, verdict="read", message="")
    if line.verdict == "right but does not follow":
        message = f"This equals line {first.row} again, but it does not follow from the line above."
    elif line.number == first.row:
        message = line.message.replace(f"Line {first.row} is not equal to {ASKED}.", f"Line {first.row} does not hold.")
        message = message.replace(f"line {first.row} gives", "the right side gives").replace(ASKED, "the left side")
    else:
        message = line.message.replace(ASKED, f"line {first.row}")
    return replace(line, message=message, passes=())

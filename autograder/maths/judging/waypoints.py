"""Which waypoints a derivation passes, and on which line: in its chain, or in a calculation beside it that the chain needs.

An equation beside the chain counts where it works out an expectation of a log density. What only says what a density is
(log q(x) = ...) counts once an expectation is seen to be evaluated, so that notation, definition and result are not a derivation.
"""

from dataclasses import dataclass
from itertools import pairwise

from autograder.maths.judging import forms
from autograder.maths.judging.chains import Statement, naming
from autograder.maths.judging.steps import ERRORS, Findings
from autograder.maths.judging.tasks import Task
from autograder.maths.reading.equations import Side
from autograder.maths.tree import Node

SOUND = ("follows", "carried error", "right but does not follow", "side equation")


@dataclass(frozen=True)
class Place:
    """A side with the other sides of its equation. ``beside``: not in the chain; ``counts``: it may pass a waypoint."""

    side: Side
    others: tuple[Node, ...]
    beside: bool
    counts: bool


def waypoints(chains: list[Statement], ends: list[Side], task: Task, findings: Findings) -> None:
    """Notes in ``findings`` which rows pass which waypoint. What an error that no slip explains leads to counts only where the
    waypoint before was passed by a right line."""
    places = [place for place in _places(chains, task) if _sound(place.side, findings)]
    previous_is_right = False  # whether a right line passes the waypoint before
    for name, test in task.waypoints.items():
        passing = [
            place.side
            for place in places
            if place.counts
            and test(place.side.tree, [other.side.tree for other in places if other is not place], place.side in ends)
        ]
        passing = passing or (_said_beside(places, ends, task) if test is forms.log_densities_put_in else [])
        passing = passing or (_term_by_term(chains, ends, task) if test is forms.moments_evaluated else [])
        right = [side for side in passing if not _wrong(side, findings)]
        for side in passing:
            if side in right or previous_is_right or all(findings.slips_to(side.row)):
                findings.passes.setdefault(side.row, []).append(name)
        previous_is_right = bool(right)


def _places(chains: list[Statement], task: Task) -> list[Place]:
    return [
        Place(
            side,
            tuple(other.tree for other in statement.sides if other is not side),
            not statement.main,
            _works(side, statement, task),
        )
        for statement in chains
        for side in statement.sides
    ]


def _works(side: Side, statement: Statement, task: Task) -> bool:
    """Whether a side may pass a waypoint: it stands in the chain, or beside it where an expectation of a log density is worked
    out by more than other notation."""
    if statement.main:
        return not naming(side)
    return any(
        forms.has_log_density(other.tree)
        and not task.judge.loose(other.tree)
        and not task.same_notation(side.tree, other.tree)
        for other in statement.sides
    )


def _said_beside(places: list[Place], ends: list[Side], task: Task) -> list[Side]:
    """Sides beside the chain that say what the log densities are, if an expectation is seen to be evaluated: beside the chain
    too, or in a line of it that is not just the result put down."""
    chain = [place.side for place in places if not place.beside]
    beside = [place for place in places if place.beside]
    evaluated = any(
        forms.is_open(other) and not forms.is_open(place.side.tree) and not task.judge.loose(place.side.tree)
        for place in beside
        for other in place.others
    )
    if not evaluated and all(side in ends or forms.is_open(side.tree) for side in chain):
        return []
    return [
        place.side
        for place in beside
        if task.judge.loose(place.side.tree)
        and not forms.is_open(place.side.tree)
        and any(forms.has_log_density(other) for other in place.others)
    ]


def _term_by_term(chains: list[Statement], ends: list[Side], task: Task) -> list[Side]:
    """The result, where it stands term by term under a line of which it takes the expectations: each moment can be seen."""
    return [
        side
        for statement in chains
        if statement.main
        for above, side in pairwise(statement.sides)
        if side in ends
        and forms.log_densities_put_in(above.tree)
        and not forms.is_open(side.tree)
        and _moments_seen(above.tree, side.tree, task)
    ]


def _moments_seen(above: Node, below: Node, task: Task) -> bool:
    """Whether the terms below are those above one by one, each expectation evaluated and nothing else done in the same step."""
    left = forms.expanded(below)
    for term in forms.expanded(above):
        same = next((other for other in left if task.judge.compare(other, term).status == "equal"), None)
        if same is None:
            return False
        left.remove(same)
    return not left


def _sound(side: Side, findings: Findings) -> bool:
    """Whether a side may count as a step: it follows, carries an error on, or errs by a slip that has a name."""
    found = findings.verdicts.get(side.row, [])
    return all(line.verdict in SOUND or (line.verdict in ERRORS and bool(line.slip)) for line in found)


def _wrong(side: Side, findings: Findings) -> bool:
    return any(word in ("carried error", *ERRORS) for word in findings.words(side.row))

"""What differs between two states of a class: who is new, and whose points are others, by which exercise."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from autograder.formats._summary import pending_points
from autograder.formats._words import points
from autograder.model import Report, Result

Kind = Literal["new", "up", "down", "otherwise"]
KINDS: dict[Kind, str] = {
    "new": "New",
    "up": "More points",
    "down": "Fewer points",
    "otherwise": "Changed without a change of the score",
}
NOT_THERE = "not there"


@dataclass(frozen=True)
class Step:
    """What was said of an exercise, or of the whole, before and after; ``gain`` in points, 0 where one of them has no score."""

    id: str
    before: str
    after: str
    gain: float


@dataclass(frozen=True)
class Change:
    """A student whose results are others; ``steps`` are the exercises in which."""

    student: str
    kind: Kind
    whole: Step
    steps: tuple[Step, ...]


def changed(before: Mapping[str, Report], now: Mapping[str, Report]) -> tuple[Change, ...]:
    """Those whose points, or what is open, are others, the greatest change first."""
    found = [_change(student, before.get(student), report) for student, report in now.items()]
    return tuple(sorted(filter(None, found), key=lambda change: (-abs(change.whole.gain), change.student)))


def read_change(data: Mapping[str, Any]) -> Change:
    """Takes back what ``asdict`` made of a change."""
    steps = tuple(Step(**step) for step in data["steps"])
    return Change(data["student"], data["kind"], Step(**data["whole"]), steps)


def grouped(changes: Sequence[Change]) -> list[tuple[str, list[Change]]]:
    """By kind, each with its words; kinds that nobody is of are left out."""
    groups = [(words, [change for change in changes if change.kind == kind]) for kind, words in KINDS.items()]
    return [(words, group) for words, group in groups if group]


def by_exercise(changes: Iterable[Change], exercises: Iterable[str]) -> list[tuple[str, int, int, int]]:
    """Exercise, and how many of those who were there before have more points in it, fewer, or another state."""
    found: Counter[tuple[str, int]] = Counter()
    for step in (step for change in changes for step in change.steps):
        found[step.id, (step.gain > 0) - (step.gain < 0)] += 1
    rows = [(id, found[id, 1], found[id, -1], found[id, 0]) for id in exercises]
    return [row for row in rows if any(row[1:])]


def _change(student: str, before: Report | None, now: Report) -> Change | None:
    whole = _step("", before, now)
    if before is None:
        return Change(student, "new", whole, ())
    old = {result.id: result for result in before.results}
    pairs = [(result.id, old.get(result.id), result) for result in now.results]
    steps = [_step(id, one, other) for id, one, other in pairs if one is not other]
    steps = [step for step in steps if step.before != step.after]
    if not steps and whole.before == whole.after:
        return None
    kind: Kind = "up" if whole.gain > 0 else "down" if whole.gain < 0 else "otherwise"
    return Change(student, kind, whole, tuple(steps))


def _step(id: str, before: Report | Result | None, now: Report | Result) -> Step:
    scores = (before.score if before else None, now.score)
    gain = 0.0 if None in scores else round((scores[1] or 0) - (scores[0] or 0), 6)
    return Step(id, _said(before), _said(now), gain + 0.0)


def _said(thing: Report | Result | None) -> str:
    """Points in a few words: nothing that is open is said as 0."""
    if thing is None:
        return NOT_THERE
    if thing.score is None:
        return "our fault"
    waits = pending_points(thing)
    if waits and not thing.score:
        return "open"
    return f"{points(thing.score)}, {points(waits)} open" if waits else points(thing.score)

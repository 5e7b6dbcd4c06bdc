"""A derivation, line by line: where it starts, what it passes, whether every line follows, and where it ends."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from autograder.checks.as_read import own
from autograder.checks.expression import Unread
from autograder.maths import Domains, Examined, LineVerdict, certify_trees, examine, slips, task
from autograder.model import Answer, Check, Line, Mistake, NeedsPerson, Visibility

ERRORS = ("first error", "another error")


@dataclass(frozen=True)
class Part:
    """One check of a derivation: its name (a sentence about the answer), its points, what the student is told when
    it fails."""

    name: str
    points: float
    tell: str = ""


def derivation(
    *,
    start: str | Sequence[str],
    target: str,
    domains: Domains,
    world: str | None = None,
    names: Mapping[str, str] | None = None,
    waypoints: Mapping[str, Part],
    form: str | None = None,
    starts: Part,
    follows: Part,
    ends: Part,
    unreadable: Unread = "person",
    visibility: Visibility = "public",
) -> list[Check]:
    """The checks of one derivation: it starts at an allowed start, passes each waypoint, every line follows, it
    ends in the asked form.

    Set ``cap = 1.0`` in the exercise, so that the points of the checks that pass add up. "Every line follows"
    needs the first waypoint, so that writing down the definition and the result earns the points of the start and
    the end alone.

    Args:
        start, target, domains, world, names, form: see ``autograder.maths.judge_derivation``.
        waypoints: name of a waypoint (``autograder.maths.judging.forms.WAYPOINTS``) -> its check, in the order of the argument.
        starts, follows, ends: the other checks.
        unreadable: what becomes of an answer with a line that is not in the language: a person reads it, or that
            line counts as wrong.

    Raises:
        CourseError: a formula of the exercise cannot be read, or a waypoint does not exist.
    """
    asked = task(start=start, target=target, domains=domains, world=world, waypoints=waypoints, form=form, names=names)
    starting = (start,) if isinstance(start, str) else start
    public = own(domains=domains, world=world, names=names, asked=(target, *starting))

    @lru_cache(maxsize=256)
    def examined(text: str) -> Examined:
        found = examine(text, asked)
        if (last := found.result) is not None:
            certify_trees(last, asked.target, asked.judge.domains, equal=True)
        return found

    def check(part: Part, test: Callable[[Examined, tuple[Line, ...]], None], needs: Iterable[str] = ()) -> Check:
        def run(answer: Answer) -> tuple[Line, ...]:
            if answer.fault:
                raise Mistake(answer.fault.message)
            found = examined(answer.text)
            shown = lines(found.lines)
            nothing_written(found.lines, shown)
            must_be_readable(found.lines, shown, unreadable)
            test(found, shown)
            return shown

        return Check(part.name, part.points, run, visibility, tuple(needs), own=public)

    passed = [check(part, _passes(waypoint, part)) for waypoint, part in waypoints.items()]
    chained = [replace(later, needs=(earlier.name,)) for earlier, later in pairwise(passed)]
    first = [passed[0].name] if passed else []
    return [
        check(starts, _passes("start", starts)),
        *passed[:1],
        *chained,
        check(follows, _every_line, first),
        check(ends, _passes("end", ends), first),
    ]


def lines(verdicts: Iterable[LineVerdict]) -> tuple[Line, ...]:
    """For a person to see."""
    return tuple(Line(line.number, line.text, line.latex, line.verdict, line.message) for line in verdicts)


def nothing_written(verdicts: Sequence[LineVerdict], shown: tuple[Line, ...]) -> None:
    if not any(line.number for line in verdicts):
        raise Mistake(
            "There is no line of mathematics in this answer; write one step per line, as text or LaTeX.",
            name="no_formula",
            detail=shown,
        )


def must_be_readable(verdicts: Sequence[LineVerdict], shown: tuple[Line, ...], unreadable: Unread) -> None:
    doubtful = [line for line in verdicts if line.verdict in ("unreadable", "undecided")]
    if doubtful and (unreadable == "person" or doubtful[0].verdict == "undecided"):
        line = doubtful[0]
        said = (
            line.message if line.verdict == "unreadable" else f"Line {line.number} could not be decided. {line.message}"
        )
        raise NeedsPerson(f"Line {line.number}: {said} It costs nothing until a person has read it.", detail=shown)
    if doubtful:
        raise Mistake(f"Line {doubtful[0].number}: {doubtful[0].message}", name="unreadable", detail=shown)


def _passes(what: str, part: Part) -> Callable[[Examined, tuple[Line, ...]], None]:
    def test(found: Examined, shown: tuple[Line, ...]) -> None:
        if any(what in line.passes for line in found.lines):
            return
        message = part.tell or f"No line of this derivation {part.name}."
        if what == "end" and found.complaint:
            message = f"{message} {found.complaint}"
        raise Mistake(
            message, name=slips.slug(f"no {what}" if what in ("start", "end") else f"not {what}"), detail=shown
        )

    return test


def _every_line(found: Examined, shown: tuple[Line, ...]) -> None:
    """Points for the lines before the first error."""
    steps = [line for line in found.lines if line.number]
    wrong = [line for line in steps if line.verdict in (*ERRORS, "right but does not follow")]
    if not wrong:
        return
    first = wrong[0]
    right = steps.index(first)
    message = f"{first.message} Lines 1 to {right} count." if right > 1 else first.message
    name = slips.slug(first.slip) if first.slip else "does_not_follow"
    raise Mistake(message, name=name, partial=right / len(steps), counterexample=first.world, detail=shown)

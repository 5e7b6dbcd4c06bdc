"""A derivation, line by line: where it starts, what it passes, whether every line follows, and where it ends."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from autograder.checks.as_read import own
from autograder.checks.unread import Unread, without_formula
from autograder.maths import Domains, Examined, LineVerdict, OwnSlip, Shown, Shows, certify_trees, examine, task
from autograder.maths import slips as known
from autograder.model import Answer, Check, Line, Mistake, NeedsPerson, Visibility

ERRORS = ("first error", "another error")


@dataclass(frozen=True)
class Part:
    """One check of a derivation: its name (a sentence about the answer), its points, what the student is told when
    it fails.

    A waypoint of the exercise's own says what some line must show. ``shows``: a formula that stands in it as a part, up to the
    order of terms and factors; several, of which one does; or a function that says of a line's tree whether it passes.
    ``inside``: where the formula must stand, one of ``shown.THINGS``, such as "log". ``gone``: what another line has and this one
    has not, such as "derivative"."""

    name: str
    points: float
    tell: str = ""
    shows: Shows | Sequence[str] = None
    inside: str = ""
    gone: str = ""

    def shown(self) -> Shows:
        """As the mathematics takes it."""
        if self.shows is None and not self.inside and not self.gone:
            return None
        if callable(self.shows) or isinstance(self.shows, Shown):
            return self.shows
        formulas = (self.shows,) if isinstance(self.shows, str) else tuple(self.shows or ())
        return Shown(formulas, self.inside, self.gone)


def derivation(
    *,
    start: str | Sequence[str],
    target: str,
    domains: Domains,
    world: str | None = None,
    names: Mapping[str, str] | None = None,
    functions: Mapping[str, str] | None = None,
    densities: Mapping[str, str] | None = None,
    waypoints: Mapping[str, Part],
    form: str | None = None,
    starts: Part,
    follows: Part,
    ends: Part,
    slips: Mapping[str, OwnSlip] | None = None,
    must_start: bool = False,
    unreadable: Unread = "person",
    visibility: Visibility = "public",
) -> list[Check]:
    """The checks of one derivation: it starts at an allowed start, passes each waypoint, every line follows, it
    ends in the asked form.

    Set ``cap = 1.0`` in the exercise, so that the points of the checks that pass add up. "Every line follows" and the end
    need the first waypoint, so that writing down the definition and the result earns the points of the start alone.

    Args:
        start: where it may start, in any notation; several, of which it takes one.
        target: what every line of it equals.
        domains, world, names, functions, densities: as in ``expression``.
        form: that of the end: "closed" if no expectation, integral or density may be left; a template; None for any.
        waypoints: name of a waypoint -> its check, in the order of the argument; it says what a line ``shows``.
        starts, follows, ends: the other checks.
        slips: what a wrong line is called -> what it is equal to, what the student is told, and the share of the exercise's
            points that is left; or words and credit for a slip that is known anyway, by its name.
        must_start: nothing counts in a derivation that does not start where it may, for one whose every line says the same in
            other words, so that the result alone would be a derivation.
        unreadable: what becomes of an answer whose verdict hangs on a line that is not in the language: a person reads it, or
            that line counts as wrong. Where the derivation is whole and right without it, the line is a remark.

    Raises:
        CourseError: a formula of the exercise cannot be read, or a waypoint does not exist, or a slip is not whole.
    """
    asked = task(
        start=start,
        target=target,
        domains=domains,
        world=world,
        waypoints={name: part.shown() for name, part in waypoints.items()},
        form=form,
        names=names,
        functions=functions,
        densities=densities,
        expected=slips,
    )
    starting = (start,) if isinstance(start, str) else start
    public = own(
        domains=domains, world=world, names=names, functions=functions, densities=densities, asked=(target, *starting)
    )

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
            if not any(line.number for line in found.lines):
                raise without_formula(answer.text, shown, unread=len(found.unread))
            if found.whole:
                shown = with_notes(shown)
            else:
                must_be_decided(found.lines, shown)
            try:
                test(found, shown)
            except Mistake as mistake:
                hanging = _hangs_on(found, mistake)
                if hanging is None:
                    raise
                raise _unreadable(hanging, shown, unreadable) from None
            return shown

        return Check(part.name, part.points, run, visibility, tuple(needs), own=public)

    passed = [check(part, _passes(waypoint, part)) for waypoint, part in waypoints.items()]
    chained = [replace(later, needs=(earlier.name,)) for earlier, later in pairwise(passed)]
    begun = (starts.name,) if must_start else ()
    first = (passed[0].name,) if passed else begun
    return [
        check(starts, _passes("start", starts)),
        *(replace(one, needs=begun) for one in passed[:1]),
        *chained,
        check(follows, _every_line(slips or {}), first),
        check(ends, _passes("end", ends), first),
    ]


def lines(verdicts: Iterable[LineVerdict]) -> tuple[Line, ...]:
    """For a person to see."""
    return tuple(Line(line.number, line.text, line.latex, line.verdict, line.message) for line in verdicts)


def with_notes(shown: tuple[Line, ...]) -> tuple[Line, ...]:
    """Lines of which some could not be read, where nothing hangs on these."""
    note = "The derivation is whole without this line; it was not judged."
    return tuple(
        replace(line, verdict="remark", message=f"{line.message} {note}") if line.verdict == "unreadable" else line
        for line in shown
    )


def must_be_decided(verdicts: Sequence[LineVerdict], shown: tuple[Line, ...]) -> None:
    for line in verdicts:
        if line.verdict == "undecided":
            said = f"Line {line.number}: Line {line.number} could not be decided. {line.message}"
            raise NeedsPerson(f"{said} It costs nothing until a person has read it.", detail=shown)


def _hangs_on(found: Examined, mistake: Mistake) -> LineVerdict | None:
    """The unreadable line without which nobody can say whether a failure is one."""
    unread = [line for line in found.lines if line.verdict == "unreadable"]
    if mistake.name and mistake.name.startswith(("no_", "not_")):
        return next(iter([*unread, *found.unread]), None)
    place = next((place for place, line in enumerate(found.lines) if line.verdict in ERRORS), 0)
    above = [line for line in found.lines[:place] if line.number][-1:]
    return above[0] if above and above[0].verdict == "unreadable" else None


def _unreadable(line: LineVerdict, shown: tuple[Line, ...], unreadable: Unread) -> Mistake | NeedsPerson:
    where = f"Line {line.number}: " if line.number else f"“{line.text}”: "
    if unreadable == "person":
        return NeedsPerson(f"{where}{line.message} It costs nothing until a person has read it.", detail=shown)
    return Mistake(f"{where}{line.message}", name="unreadable", detail=shown)


def _passes(what: str, part: Part) -> Callable[[Examined, tuple[Line, ...]], None]:
    def test(found: Examined, shown: tuple[Line, ...]) -> None:
        if any(what in line.passes for line in found.lines) and not (what == "end" and found.open_end):
            return
        message = part.tell or f"No line of this derivation {part.name}."
        if what == "end" and found.complaint:
            message = f"{message} {found.complaint}"
        name = known.slug(f"no {what}" if what in ("start", "end") else f"not {what}")
        raise Mistake(
            message, name=name, detail=shown if what in ("start", "end") else _with_gap(found, shown, message)
        )

    return test


def _with_gap(found: Examined, shown: tuple[Line, ...], message: str) -> tuple[Line, ...]:
    """The lines, where one that is right closes a gap in which a step is missing: the result."""
    if any(line.verdict in ERRORS for line in shown):
        return shown
    ends = [line.number for line in found.lines if "end" in line.passes]
    return tuple(
        replace(line, verdict="right but does not follow", message=message)
        if line.number in ends and line.number
        else line
        for line in shown
    )


def _every_line(expected: Mapping[str, OwnSlip]) -> Callable[[Examined, tuple[Line, ...]], None]:
    """Points for the lines before the first error, or what the exercise gives for its slip."""

    def test(found: Examined, shown: tuple[Line, ...]) -> None:
        steps = [line for line in found.lines if line.number]
        wrong = [line for line in steps if line.verdict in (*ERRORS, "right but does not follow")]
        if not wrong and not found.whole and any(line.verdict == "unreadable" for line in steps):
            raise Mistake("A line could not be read.", name="not_read", detail=shown)
        if not wrong:
            return
        first = wrong[0]
        right = steps.index(first)
        credit = expected[first.slip].credit if first.slip in expected else None
        raise Mistake(
            f"{first.message} Lines 1 to {right} count." if right > 1 and credit is None else first.message,
            name=known.slug(first.slip) if first.slip else "does_not_follow",
            credit=credit,
            partial=right / len(steps),
            counterexample=first.world,
            detail=shown,
        )

    return test

"""A formula equals a target: read, never run; judged in random worlds; certified by computer algebra where it is a
scalar."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

from autograder.errors import CourseError, Mistake, NeedsPerson
from autograder.maths import forms, slips
from autograder.maths.certify import certify
from autograder.maths.equations import Script, given_names, script
from autograder.maths.games import Scale, problem
from autograder.maths.language import Domains
from autograder.maths.reading import read
from autograder.maths.rows import Row, rows
from autograder.maths.scalars import Undecidable
from autograder.maths.tokens import Unreadable
from autograder.maths.tree import Node
from autograder.maths.verdicts import Verdict, echo, final_side, judge_for, verdict_on
from autograder.model import Answer, Check, Detail, Line, Visibility

Unread = Literal["person", "wrong"]


def expression(
    target: str,
    *,
    domains: Domains,
    world: str | None = None,
    names: Mapping[str, str] | None = None,
    scale: Scale = "exact",
    form: str | None = None,
    unreadable: Unread = "person",
    name: str = "is the asked formula",
    points: float = 1.0,
    visibility: Visibility = "public",
    needs: Sequence[str] = (),
    hint: str = "",
) -> Check:
    """Checks that the answer's last formula equals ``target``. Of several lines or sides the last one counts.

    Args:
        target, domains, world, names, scale: see ``autograder.maths.judge``.
        form: "closed" if no expectation, integral or density may be left; a template; None for any form.
        unreadable: what becomes of an answer that is not in the language: a person reads it, or it counts as wrong.

    Raises:
        CourseError: a formula of the exercise cannot be read.
    """
    judge = judge_for(world, domains)
    try:
        given = given_names(names or {}, judge.language)
        goal = read(target, judge.language)
        pattern = None if form in (None, "closed") else read(str(form), judge.language)
    except Unreadable as reason:
        raise CourseError(f"Check {name!r}: a formula of the exercise cannot be read: {reason.message}") from reason

    def verdict(read_script: Script) -> Verdict:
        found = final_side(read_script, judge).tree
        verdict = verdict_on(judge, found, goal, scale)
        complaint = forms.complaint(found, form, judge.language, pattern) if verdict.status == "equal" else ""
        if complaint:
            raise _Other(f"This has the right value, but not the asked form. {complaint}", "not_the_asked_form")
        return certify(verdict, found, goal, judge.domains) if verdict.status != "undecided" else verdict

    def examined(text: str) -> Callable[[], tuple[Detail, ...]]:
        judge.start()
        found = rows(text)
        read_script = script(found, judge.language, given)
        if fault := _fault(read_script):
            return _unreadable(found, read_script, fault, unreadable)
        if not read_script.equations:
            return _raise(Mistake("There is no formula in this answer; write it as text or LaTeX.", name="no_formula"))
        try:
            reached = verdict(read_script)
        except _Other as other:
            return _raise(
                Mistake(
                    other.message,
                    name=other.name,
                    detail=_lines(found, read_script, "right but does not follow", other.message),
                )
            )
        return _outcome(found, read_script, reached, goal)

    def _outcome(
        found: list[Row], read_script: Script, reached: Verdict, goal: Node
    ) -> Callable[[], tuple[Detail, ...]]:
        notes = " ".join(reached.notes)
        if reached.status == "equal":
            lines = _lines(
                found, read_script, "follows", " ".join(filter(None, [notes, f"This is right: {reached.evidence}."]))
            )
            return lambda: lines
        if reached.status == "undecided":
            return _raise(NeedsPerson(reached.message, detail=_lines(found, read_script, "undecided", reached.message)))
        slip = _slip(final_side(read_script, judge).tree, goal)
        message = " ".join(
            filter(None, [slip[1] if slip else "This is not the asked formula.", reached.message, notes])
        )
        detail = _lines(found, read_script, "first error", message)
        return _raise(
            Mistake(
                message,
                name=slips.slug(slip[0]) if slip else "another_formula",
                counterexample=reached.world,
                hint=hint,
                detail=detail,
            )
        )

    def _slip(tree: Node, goal: Node) -> tuple[str, str] | None:
        try:
            mine, asked = problem(tree), problem(goal)
        except Undecidable:
            return None
        if scale == "positive" and mine.goals != asked.goals:
            mine = mine.flipped()
        return (
            slips.find(judge, asked.body, mine.body)
            if mine.goals == asked.goals
            else ("min and max", "The order or the sides of min and max are not those of the game.")
        )

    examine = lru_cache(maxsize=256)(examined)

    def run(answer: Answer) -> tuple[Detail, ...]:
        if answer.fault:
            raise Mistake(answer.fault.message)
        if not answer.text.strip():
            raise Mistake("Nothing was handed in here; write your formula as text or LaTeX.", name="nothing_handed_in")
        return examine(answer.text)()

    return Check(name, points, run, visibility, tuple(needs), hint)


class _Other(Exception):
    """A right value that is not accepted all the same."""

    def __init__(self, message: str, name: str) -> None:
        self.message, self.name = message, name


def _raise(exception: Mistake | NeedsPerson) -> Callable[[], tuple[Detail, ...]]:
    def again() -> Any:
        raise exception.with_traceback(None)

    return again


def _fault(read_script: Script) -> int | None:
    """The unreadable row after which nothing readable comes, if there is one."""
    last = read_script.equations[-1].sides[-1].row if read_script.equations else 0
    return max((row for row in read_script.faults if row > last), default=None)


def _unreadable(
    found: list[Row], read_script: Script, row: int, unreadable: Unread
) -> Callable[[], tuple[Detail, ...]]:
    fault = read_script.faults[row]
    message = f"Line {row} cannot be read (character {fault.position + 1}): {fault.message}"
    detail = _lines(found, read_script, "unreadable", message)
    if unreadable == "wrong":
        return _raise(Mistake(message, name="unreadable", detail=detail))
    return _raise(NeedsPerson(f"{message} It costs nothing until a person has read it.", detail=detail))


def _lines(found: list[Row], read_script: Script, verdict: str, message: str) -> tuple[Line, ...]:
    """The answer's rows for a person to see; the verdict stands at the last one."""
    last = max((row.number for row in found), default=0)
    lines = []
    for row in found:
        counts = row.number == last and not row.remark
        fault = read_script.faults.get(row.number) if not row.remark else None
        word = verdict if counts else "remark" if row.remark else "unreadable" if fault else "side equation"
        said = message if counts else fault.message if fault else ""
        lines.append(
            Line(
                row.number, row.text, echo(read_script.echoes.get(row.number, ())) if not row.remark else "", word, said
            )
        )
    return tuple(lines)

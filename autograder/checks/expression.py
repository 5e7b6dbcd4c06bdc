"""A formula equals a target: read, never run; judged in random worlds; certified by computer algebra where it is a
scalar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from autograder.checks.as_read import own
from autograder.maths import (
    Domains,
    Judge,
    Node,
    Product,
    Row,
    Scale,
    Script,
    Undecidable,
    Unreadable,
    Verdict,
    certify,
    echo,
    final_side,
    forms,
    given_names,
    judge_for,
    number,
    problem,
    read,
    rows,
    script,
    slips,
    verdict_on,
)
from autograder.model import Answer, Check, CourseError, Line, Mistake, NeedsPerson, Visibility

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
        pattern = None if form in (None, "closed") else read(str(form), judge.language)
        asked = _Asked(judge, given, read(target, judge.language), scale, form, pattern, unreadable)
    except Unreadable as reason:
        raise CourseError(f"Check {name!r}: a formula of the exercise cannot be read: {reason.message}") from reason

    examined = lru_cache(maxsize=256)(asked.examined)

    def run(answer: Answer) -> tuple[Line, ...]:
        if answer.fault:
            raise Mistake(answer.fault.message)
        if not answer.text.strip():
            raise Mistake("Nothing was handed in here; write your formula as text or LaTeX.", name="nothing_handed_in")
        outcome = examined(answer.text)
        if isinstance(outcome, tuple):
            return outcome
        raise replace(outcome)

    public = own(domains=domains, world=world, names=names, asked=(target,))
    return Check(name, points, run, visibility, tuple(needs), hint, own=public)


Outcome = tuple[Line, ...] | Mistake | NeedsPerson  # what a person sees of a right answer, or what to raise


@dataclass(frozen=True)
class _Asked:
    """What an exercise asks for, read once."""

    judge: Judge
    given: Mapping[str, Node]
    goal: Node
    scale: Scale
    form: str | None
    pattern: Node | None
    unreadable: Unread

    def examined(self, text: str) -> Outcome:
        self.judge.start()
        found = rows(text)
        read_script = script(found, self.judge.language, self.given)
        if fault := _fault(read_script):
            return _unreadable(found, read_script, fault, self.unreadable)
        if not read_script.equations:
            return Mistake("There is no formula in this answer; write it as text or LaTeX.", name="no_formula")
        tree = final_side(read_script, self.judge).tree
        verdict = certify(verdict_on(self.judge, tree, self.goal, self.scale), tree, self.goal, self.judge.domains)
        word, outcome = self.outcome(tree, verdict)
        message = outcome if isinstance(outcome, str) else outcome.message
        lines = _lines(found, read_script, word, message)
        return lines if isinstance(outcome, str) else replace(outcome, detail=lines)

    def outcome(self, tree: Node, verdict: Verdict) -> tuple[str, str | Mistake | NeedsPerson]:
        """The word at the line, and what is said: a sentence where the answer is right, what to raise otherwise."""
        notes = " ".join(verdict.notes)
        if verdict.status == "undecided":
            return "undecided", NeedsPerson(verdict.message)
        if verdict.status == "equal":
            if complaint := forms.complaint(tree, self.form, self.judge.language, self.pattern):
                message = f"This has the right value, but not the asked form. {complaint}"
                return "right but does not follow", Mistake(message, name="not_the_asked_form")
            return "follows", f"{notes} This is right: {verdict.evidence}.".strip()
        slip = self.slip(tree)
        message = " ".join(
            filter(None, [slip[1] if slip else "This is not the asked formula.", verdict.message, notes])
        )
        name = slips.slug(slip[0]) if slip else "another_formula"
        return "first error", Mistake(message, name=name, counterexample=verdict.world)

    def slip(self, tree: Node) -> tuple[str, str] | None:
        """Name and sentence of the known slip that makes the answer of what is asked."""
        try:
            mine, asked = problem(tree), problem(self.goal)
        except Undecidable:
            return None
        if self.scale == "positive" and mine.goals != asked.goals:
            mine = mine.flipped()
        if mine.goals != asked.goals:
            return "min and max", "The order or the sides of min and max are not those of the game."
        bodies = [asked.body] if self.scale == "exact" else [asked.body, Product((number(2), asked.body))]
        found = (slips.find(self.judge, body, mine.body) for body in bodies)
        return next((slip for slip in found if slip), None)


def _fault(read_script: Script) -> int | None:
    """The unreadable row after which nothing readable comes, if there is one."""
    last = read_script.equations[-1].sides[-1].row if read_script.equations else 0
    return max((row for row in read_script.faults if row > last), default=None)


def _unreadable(found: list[Row], read_script: Script, row: int, unreadable: Unread) -> Outcome:
    fault = read_script.faults[row]
    message = f"Line {row} cannot be read (character {fault.position + 1}): {fault.message}"
    detail = _lines(found, read_script, "unreadable", message)
    if unreadable == "wrong":
        return Mistake(message, name="unreadable", detail=detail)
    return NeedsPerson(f"{message} It costs nothing until a person has read it.", detail=detail)


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

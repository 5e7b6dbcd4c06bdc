"""A formula equals a target: read, never run; judged in random worlds; certified by computer algebra where it is a
scalar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from autograder.checks.as_read import own
from autograder.checks.unread import Unread, without_formula
from autograder.maths import (
    Answered,
    Asked,
    Domains,
    Equation,
    Judge,
    LineVerdict,
    Node,
    OwnSlip,
    Product,
    Row,
    Scale,
    Script,
    Side,
    Undecidable,
    Unreadable,
    Verdict,
    answered,
    bare,
    certify,
    echo,
    forms,
    games,
    given_names,
    judge_for,
    number,
    problem,
    read,
    rows,
    script,
    verdict_on,
    with_slips,
)
from autograder.maths import slips as known
from autograder.model import Answer, Check, CourseError, Line, Mistake, NeedsPerson, Visibility


def expression(
    target: str,
    *,
    domains: Domains,
    world: str | None = None,
    names: Mapping[str, str] | None = None,
    functions: Mapping[str, str] | None = None,
    densities: Mapping[str, str] | None = None,
    scale: Scale = "exact",
    form: str | None = None,
    slips: Mapping[str, OwnSlip] | None = None,
    unreadable: Unread = "person",
    name: str = "is the asked formula",
    points: float = 1.0,
    visibility: Visibility = "public",
    needs: Sequence[str] = (),
    hint: str = "",
) -> Check:
    """Checks that the answer equals ``target``. Of several formulas the answer is chosen by what it is, and all that are meant as
    the answer must be right.

    Args:
        target: what is asked, in any form.
        domains: parameter -> "real", "positive", "unit", or its value; letter -> "1..n" for an index, and then "x_i" -> "real" or
            "simplex" for a sequence.
        world: None for plain numbers, "two_normals", "latent" or "gan".
        names: names that the answer may use and what they stand for, "J^(D)" -> "...".
        functions, densities: what the exercise declares, "s(x)" -> "1/(1+exp(-x))", "r(x)" -> "N(x; m, 1)".
        scale: "positive" to let a positive factor pass, and max of -f for min of f.
        form: "closed" if no expectation, integral or density may be left; a template; None for any form.
        slips: what a wrong answer is called -> what it is equal to, what the student is told, and the share of the exercise's
            points that is left; or words and credit for a slip that is known anyway, by its name.
        unreadable: what becomes of an answer that is not in the language: a person reads it, or it counts as wrong.

    Raises:
        CourseError: a formula of the exercise cannot be read, or a slip is not whole.
    """
    judge = judge_for(world, domains, functions=functions, densities=densities)
    try:
        given = given_names(names or {}, judge.language)
        pattern = None if form in (None, "closed") else read(str(form), judge.language)
        judge = with_slips(judge, slips or {}, known.NAMES)
        credits = {name: slip.credit for name, slip in (slips or {}).items()}
        asked = _Asked(judge, given, read(target, judge.language), scale, form, pattern, unreadable, credits)
    except Unreadable as reason:
        raise CourseError(f"Check {name!r}: a formula of the exercise cannot be read: {reason}") from reason

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

    public = own(domains=domains, world=world, names=names, functions=functions, densities=densities, asked=(target,))
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
    credits: Mapping[str, float | None]

    def examined(self, text: str) -> Outcome:
        self.judge.start()
        found = rows(text)
        read_script = script(found, self.judge.language, self.given)
        answer = answered(read_script, Asked(self.judge, self.goal, self.scale))
        unread = sum(len(row.text) > TELLING for row in found if row.number in read_script.remarks)
        if not answer.meant and (fault := max(read_script.faults, default=None)) is not None:
            return _unreadable(found, read_script, fault, self.unreadable)
        if not answer.meant and (unread or not answer.other):
            return without_formula(text, _lines(found, read_script, {}), unread=unread)
        side = self.chosen(answer)
        beside = answer.findings.first()
        if beside is not None and (self.right(side) or beside.number < side.row):
            return self.wrong_beside(beside, answer, _lines(found, read_script, answer.findings.worst()))
        if self.right(side) and (fault := _goes_on(found, read_script, side)) is not None:
            return _unreadable(found, read_script, fault, self.unreadable)
        verdict = certify(
            verdict_on(self.judge, side.tree, self.goal, self.scale), side.tree, self.goal, self.judge.domains
        )
        word, outcome = self.outcome(side.tree, verdict)
        message = outcome if isinstance(outcome, str) else outcome.message
        lines = _lines(found, read_script, {self.row(side, read_script): (word, message)}, right=word == "follows")
        return lines if isinstance(outcome, str) else replace(outcome, detail=lines)

    def chosen(self, answer: Answered) -> Side:
        """The first side that is meant as the answer and is not right; if all are, the last one in the asked form."""
        if wrong := next((side for side in answer.meant if not self.right(side)), None):
            return wrong
        formed = [side for side in answer.meant if not self.complaint(side.tree)]
        return (formed or answer.meant or answer.other)[-1]

    def right(self, side: Side) -> bool:
        return games.compare(self.judge, side.tree, self.goal, self.scale).status == "equal"

    def complaint(self, tree: Node) -> str:
        return forms.complaint(tree, self.form, self.judge.language, self.pattern)

    def row(self, side: Side, read_script: Script) -> int:
        """Where an error is to be shown: an answer that is nothing but a name is wrong where the name is said to be something."""
        names = side.names - self.given.keys()
        if self.right(side) or problem(side.tree).goals != problem(self.goal).goals:
            return side.row
        written = [echoed.tree for equation in read_script.echoes.get(side.row, ()) for echoed in equation.sides]
        if not any(bare(tree) in names for tree in written):
            return side.row
        return next((row for row, echoed in read_script.echoes.items() if _defines(echoed, names)), side.row)

    def wrong_beside(self, line: LineVerdict, answer: Answered, lines: tuple[Line, ...]) -> Mistake:
        """Something that does not hold stands beside the answer."""
        name = known.slug(line.slip) if line.slip else "does_not_hold"
        return Mistake(f"Line {line.number}: {line.message}", name=name, counterexample=line.world, detail=lines)

    def outcome(self, tree: Node, verdict: Verdict) -> tuple[str, str | Mistake | NeedsPerson]:
        """The word at the line, and what is said: a sentence where the answer is right, what to raise otherwise."""
        notes = " ".join(verdict.notes)
        if verdict.status == "undecided":
            return "undecided", NeedsPerson(verdict.message)
        if verdict.status == "equal":
            if complaint := self.complaint(tree):
                message = f"This has the right value, but not the asked form. {complaint}"
                return "right but does not follow", Mistake(message, name="not_the_asked_form")
            return "follows", f"{notes} This is right: {verdict.evidence}.".strip()
        slip = self.slip(tree)
        message = " ".join(
            filter(None, [slip[1] if slip else "This is not the asked formula.", verdict.message, notes])
        )
        name = known.slug(slip[0]) if slip else "another_formula"
        credit = self.credits.get(slip[0]) if slip else None
        return "first error", Mistake(message, name=name, credit=credit, counterexample=verdict.world)

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
        found = (known.find(self.judge, body, mine.body) for body in bodies)
        return next((slip for slip in found if slip), None)


TELLING = 15  # characters of an unreadable formula in a sentence that may be the answer


def _defines(echoed: tuple[Equation, ...], names: frozenset[str]) -> bool:
    return any(len(equation.sides) > 1 and bare(equation.sides[0].tree) in names for equation in echoed)


def _goes_on(found: list[Row], read_script: Script, side: Side) -> int | None:
    """An unreadable row behind the answer that claims to be equal to something, if there is one."""
    return next(
        (row.number for row in found if row.number in read_script.faults and row.number > side.row and "=" in row.text),
        None,
    )


def _unreadable(found: list[Row], read_script: Script, row: int, unreadable: Unread) -> Outcome:
    fault = read_script.faults[row]
    message = f"Line {row} cannot be read (character {fault.position + 1}): {fault.message}"
    detail = _lines(found, read_script, {row: ("unreadable", message)})
    if unreadable == "wrong":
        return Mistake(message, name="unreadable", detail=detail)
    return NeedsPerson(f"{message} It costs nothing until a person has read it.", detail=detail)


def _lines(
    found: list[Row], read_script: Script, said: Mapping[int, tuple[str, str]], *, right: bool = False
) -> tuple[Line, ...]:
    """The answer's rows for a person to see. ``said``: row -> verdict and message; ``right``: nothing hangs on the other rows."""
    lines = []
    for row in found:
        fault = read_script.faults.get(row.number) if not row.remark else None
        remark = row.remark or row.number in read_script.remarks
        word = "remark" if remark else "unreadable" if fault else "side equation"
        message = fault.message if fault and not remark else ""
        if fault and right:
            word, message = "remark", f"{message} The answer is whole without this line; it was not judged."
        word, message = said.get(row.number, (word, message)) if not remark else (word, message)
        latex = "" if remark else echo(read_script.echoes.get(row.number, ()))
        lines.append(Line(0 if remark else row.number, row.text, latex, word, message))
    return tuple(lines)

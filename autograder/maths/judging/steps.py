"""The steps of a derivation: each side against the side above it and against the target."""

from dataclasses import dataclass, field, replace
from typing import Literal

from autograder.maths.judging import slips
from autograder.maths.judging.chains import Claim, Statement, naming
from autograder.maths.judging.claims import WORDS, at_the_optimum, inequality
from autograder.maths.judging.equality import Agreement, Judge
from autograder.maths.judging.verdicts import sentence
from autograder.maths.reading.equations import Side
from autograder.maths.tree import Node

Word = Literal[
    "follows",
    "first error",
    "another error",
    "carried error",
    "right but does not follow",
    "side equation",
    "remark",
    "unreadable",
    "undecided",
    "read",
]

ERRORS: tuple[Word, ...] = ("first error", "another error")


@dataclass(frozen=True)
class LineVerdict:
    """One line of a derivation.

    Attributes:
        number: counts lines of mathematics from 1; 0 for a remark.
        text: as written.
        latex: as read, "" if it was not.
        verdict: see ``Word``.
        message: sentences for the student, "" when there is nothing to say.
        slip: name of the known slip that explains an error, or "".
        world, values: where the line and the line above differ: parameters, and (this line, line above).
        passes: what this line achieves: "start", "end", and names of waypoints.
        position: offset in ``text`` of what is unreadable.
    """

    number: int
    text: str
    latex: str
    verdict: Word
    message: str = ""
    slip: str = ""
    world: str = ""
    values: tuple[str, str] | None = None
    passes: tuple[str, ...] = ()
    position: int | None = None


@dataclass
class Findings:
    """What has been found out about each row so far."""

    verdicts: dict[int, list[LineVerdict]] = field(default_factory=dict)
    passes: dict[int, list[str]] = field(default_factory=dict)
    wrong: bool = False
    result: Node | None = None
    complaint: str = ""

    def add(self, row: int, word: Word, **details: object) -> None:
        blank = LineVerdict(row, "", "", word)
        self.verdicts.setdefault(row, []).append(replace(blank, **details))  # type: ignore[arg-type]  # names are LineVerdict's

    def words(self, row: int) -> list[Word]:
        return [line.verdict for line in self.verdicts.get(row, [])]

    def slips_to(self, row: int) -> list[str]:
        """Names of the slips behind the errors down to a row, "" for an error without a name."""
        above = [found for number in sorted(self.verdicts) if number <= row for found in self.verdicts[number]]
        return [line.slip for line in above if line.verdict in ERRORS]

    def first(self) -> LineVerdict | None:
        """The error in the first row that has one."""
        return next(
            (line for row in sorted(self.verdicts) for line in self.verdicts[row] if line.verdict in ERRORS), None
        )

    def worst(self) -> dict[int, tuple[str, str]]:
        """Row -> verdict and message, of rows with an error."""
        return {
            row: (line.verdict, line.message)
            for row in self.verdicts
            for line in self.verdicts[row]
            if line.verdict in ERRORS
        }

    def error(self, row: int, **details: object) -> None:
        self.add(row, "another error" if self.wrong else "first error", **details)
        self.wrong = True


def walk_chain(statement: Statement, judge: Judge, target: Node, findings: Findings) -> None:
    """Judges each side of a chain of the derivation."""
    previous: Side | None = None
    right = True  # whether the side above has the target's value
    for side in statement.sides:
        verdict = judge.compare(side.tree, target)
        if verdict.status == "undecided":
            findings.add(side.row, "undecided", message=verdict.reason)
            continue
        if naming(side) and verdict.status == "equal" and previous is None:
            findings.add(side.row, "follows")
            continue
        right = _step(side, previous, right, verdict, judge, target, findings)
        previous = side


def _step(
    side: Side,
    above: Side | None,
    above_right: bool,
    verdict: Agreement,
    judge: Judge,
    target: Node,
    findings: Findings,
) -> bool:
    """Judges one side against the target (``verdict``) and against the side above; whether it has the target's
    value."""
    right = verdict.status == "equal"
    notes = " ".join(verdict.notes)
    if right and above_right:
        findings.add(side.row, "follows", message=notes)
    elif above is None or above_right:
        _error(side, above, verdict, judge, target, findings)
    elif right:
        findings.add(
            side.row, "right but does not follow", message="This is right, but it does not follow from the line above."
        )
    else:
        _carried(side, above, judge, target, findings)
    return right


def _carried(side: Side, above: Side, judge: Judge, target: Node, findings: Findings) -> None:
    step = judge.compare(side.tree, above.tree)
    if step.status == "equal":
        findings.add(
            side.row, "carried error", message="This follows from the line above; the earlier error is carried on."
        )
    elif step.status == "undecided":
        findings.add(side.row, "undecided", message=step.reason)
    else:
        _error(side, above, step, judge, target, findings)


def _error(side: Side, above: Side | None, verdict: Agreement, judge: Judge, target: Node, findings: Findings) -> None:
    """A side that is not what the side above is; the first of a chain is held against the target."""
    against = judge.compare(side.tree, above.tree) if above and verdict.values else verdict
    if above is None:
        said, here, there = (
            f"Line {side.row} is not equal to what is to be derived.",
            f"line {side.row}",
            "what is to be derived",
        )
    elif above.row == side.row:
        said, here, there = f"Line {side.row} does not hold.", "the right side", "the left side"
    else:
        said, here, there = (
            f"Line {side.row} does not follow from line {above.row}.",
            f"line {side.row}",
            f"line {above.row}",
        )
    report(side, [said], above.tree if above else target, against, (here, there), judge, findings)


def report(
    side: Side,
    said: list[str],
    above: Node,
    against: Agreement,
    names: tuple[str, str],
    judge: Judge,
    findings: Findings,
) -> None:
    """Notes an error, with the slip that explains it."""
    slip = slips.find(judge, above, side.tree) if against.status == "different" else None
    message = " ".join(filter(None, [*said, slip[1] if slip else "", sentence(against, *names)]))
    findings.error(side.row, message=message, slip=slip[0] if slip else "", world=against.world, values=against.values)


def judge_side(statement: Statement, judge: Judge, findings: Findings) -> None:
    """An equation beside the derivation: its sides must be equal, and that is all."""
    first = statement.sides[0]
    findings.add(first.row, "side equation")
    for above, side in zip(statement.sides, statement.sides[1:], strict=False):
        verdict = at_the_optimum(side.tree, above.tree, judge) or judge.compare(side.tree, above.tree)
        if verdict.status == "equal":
            findings.add(side.row, "side equation", message=" ".join(verdict.notes))
        elif verdict.status == "undecided":
            findings.add(side.row, "undecided", message=verdict.reason)
        else:
            said = ["The two sides of this equation are not equal."]
            report(side, said, above.tree, verdict, ("the right side", "the left side"), judge, findings)


def judge_claim(claim: Claim, judge: Judge, findings: Findings) -> None:
    """An inequality beside the derivation. Of one that holds, or cannot be decided, nothing is said."""
    verdict = inequality(claim.left.tree, claim.relation, claim.right.tree, judge)
    if verdict.status != "different":
        return
    said = f"The left side is said to be {WORDS[claim.relation]} the right side."
    message = f"{said} {sentence(verdict, 'the left side', 'the right side')}"
    findings.error(claim.right.row, message=message, world=verdict.world, values=verdict.values)

"""A derivation, line by line: what follows, where the first error is, what is only carried on, and what the proof
passes on its way."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from autograder.maths.judging import forms
from autograder.maths.judging.chains import Said, Statement, said
from autograder.maths.judging.claims import replacement, swapped
from autograder.maths.judging.starts import starts
from autograder.maths.judging.steps import ERRORS, Findings, LineVerdict, Word, judge_claim, judge_side, walk_chain
from autograder.maths.judging.tasks import Task, task
from autograder.maths.judging.verdicts import echo
from autograder.maths.judging.waypoints import waypoints
from autograder.maths.language import Domains
from autograder.maths.reading.equations import Script, Side, script
from autograder.maths.reading.rows import Row, rows
from autograder.maths.tree import Node

TELLING = 15  # characters of an unreadable formula in a sentence that may say something
ANY_FUNCTION = re.compile(r"(?<![A-Za-z\\])[fgh]\b")  # E_q[f] = ..., which says what a notation means
FLAWS = (*ERRORS, "undecided", "right but does not follow")
RANK: tuple[Word, ...] = (
    "unreadable",
    "undecided",
    "first error",
    "another error",
    "carried error",
    "right but does not follow",
    "follows",
    "side equation",
)


@dataclass(frozen=True)
class Examined:
    """Attributes:
    lines: the verdict on every row, remarks included.
    result: the side that ends the derivation in the asked form, if one does.
    complaint: why its last line does not, "" otherwise.
    unread: formulas in sentences that could not be read.
    open_end: the last line that goes on with the derivation could not be read.
    whole: a derivation that starts, passes the waypoints and ends stands here without an error.
    """

    lines: tuple[LineVerdict, ...]
    result: Node | None = None
    complaint: str = ""
    unread: tuple[LineVerdict, ...] = ()
    open_end: bool = False
    whole: bool = False


def judge_derivation(
    lines: str | Sequence[str],
    *,
    start: str | Sequence[str],
    target: str,
    domains: Domains,
    world: str | None = None,
    waypoints: Iterable[str] = (),
    form: str | None = None,
    names: Mapping[str, str] | None = None,
    functions: Mapping[str, str] | None = None,
    densities: Mapping[str, str] | None = None,
    seed: int = 0,
) -> tuple[LineVerdict, ...]:
    """Judges a derivation line by line, remarks included.

    Args:
        lines: the answer, as one text or a list of lines; plain text, LaTeX, or Markdown with LaTeX in it.
        start: where a derivation may start; rewriting by the rules of logarithms and linearity is allowed.
        target: what is to be derived, in any form.
        domains: parameters, indices and sequences; see ``judge``.
        world: "reals" (the default), "two_normals", "latent" or "gan".
        waypoints: names from ``forms.WAYPOINTS``.
        form: what the last line must look like: "closed", or a template such as "E_q[log p(x|z)] - KL(q(z) || p(z))".
        names: names that lines may use and what they stand for, "L" -> "∫ ...".
        functions, densities: what the exercise declares; see ``judge``.
        seed: of the random worlds; changes no verdict.

    Raises:
        CourseError: the exercise itself cannot be read.

    >>> judge_derivation("log(a b) = log a + log b = log a - log b", start="log(a b)", target="log(a b)",
    ...                  domains={"a": "positive", "b": "positive"})[0].verdict
    'first error'
    """
    text = lines if isinstance(lines, str) else "\n".join(lines)
    return examine(
        text,
        task(
            start=start,
            target=target,
            domains=domains,
            world=world,
            waypoints=waypoints,
            form=form,
            names=names,
            functions=functions,
            densities=densities,
            seed=seed,
        ),
    ).lines


def examine(text: str, task: Task) -> Examined:
    """The verdict on every row of ``text``.

    A log without brackets is taken of what stands next to it, and d/dx of the bracket behind it. Where a derivation is whole,
    or right for more of its lines, only if these are taken of the product or quotient behind them (log p(x|z) p(z),
    d/dx (a)/(b)), that is how it was meant.
    """
    task.judge.start()
    found = rows(text)
    language = task.judge.language
    narrow, wide = (script(found, replace(language, wide=wide), task.given) for wide in (False, True))
    examined = _examined(found, narrow, task)
    if examined.whole or wide.equations == narrow.equations:
        return examined
    other = _examined(found, wide, task)
    return other if other.whole or _right_until(other) > _right_until(examined) else examined


def _right_until(examined: Examined) -> float:
    """The line of the first error."""
    return min((line.number for line in examined.lines if line.verdict in ERRORS), default=math.inf)


def _examined(found: Sequence[Row], read_script: Script, task: Task) -> Examined:
    everything = said(read_script.equations, task.judge, task.target)
    findings = Findings()
    _judge(everything, read_script, task, findings)
    _achievements(everything.statements, task, findings)
    lines = tuple(_assembled(row, read_script, findings) for row in found)
    unread = tuple(
        LineVerdict(
            0, row.text, "", "unreadable", f"This formula cannot be read: {read_script.remarks[row.number].message}"
        )
        for row in found
        if row.number in read_script.remarks and len(row.text) > TELLING and not ANY_FUNCTION.search(row.text)
    )
    ends = max((line.number for line in lines if "end" in line.passes), default=0)
    open_end = any(
        row.number > ends and row.text.lstrip(" &").startswith("=") for row in found if row.number in read_script.faults
    )
    passed = {name for line in lines for name in line.passes}
    clean = not open_end and not any(line.verdict in FLAWS for line in lines)
    whole = clean and passed >= {"start", "end", *task.waypoints}
    return Examined(_first_is_first(lines), findings.result, findings.complaint, unread, open_end, whole)


def _judge(everything: Said, read_script: Script, task: Task, findings: Findings) -> None:
    for statement in sorted(everything.statements, key=lambda statement: statement.sides[0].row):
        if statement.main:
            walk_chain(statement, task.judge, task.target, findings)
        else:
            judge_side(statement, task.judge, findings)
    for claim in everything.claims:
        judge_claim(claim, task.judge, findings)
    for equation in everything.granted:
        findings.add(equation.sides[0].row, "side equation")
    for side in everything.mentions:
        if complaint := swapped(side.tree, _terms(everything), task.judge):
            findings.error(side.row, message=complaint, slip="KL the wrong way round")
    for one in read_script.declared:
        if complaint := replacement(one, read_script.language, task.judge):
            findings.error(one.row, message=complaint)


# ------------------------------------------------------------------ start, waypoints, end


def _achievements(chains: list[Statement], task: Task, findings: Findings) -> None:
    main = [statement for statement in chains if statement.main]
    ends = [side for statement in main for side in statement.ends()]
    begun = starts(chains, task)[:1]
    for side in begun:
        findings.passes.setdefault(side.row, []).append("start")
    for side in ends:
        if side not in begun and _is_end(side, task):
            findings.passes.setdefault(side.row, []).append("end")
            findings.result = side.tree
            break
    else:
        findings.complaint = _why_no_end(ends, task)
    waypoints(chains, ends, task, findings)


def _terms(everything: Said) -> list[Node]:
    """The terms of all lines of the derivation."""
    sides = [side for statement in everything.statements if statement.main for side in statement.sides]
    return [term for side in sides for term in forms.expanded(side.tree)]


def _is_end(side: Side, task: Task) -> bool:
    if task.judge.compare(side.tree, task.target).status != "equal":
        return False
    return not forms.complaint(side.tree, task.form, task.judge.language, task.pattern)


def _why_no_end(ends: list[Side], task: Task) -> str:
    if not ends:
        return ""
    if task.judge.compare(ends[-1].tree, task.target).status != "equal":
        return "The last line is not equal to what is to be derived."
    return forms.complaint(ends[-1].tree, task.form, task.judge.language, task.pattern)


# ------------------------------------------------------------------ putting it together


def _first_is_first(lines: tuple[LineVerdict, ...]) -> tuple[LineVerdict, ...]:
    """The first error in the order of the lines is called so, whatever order they were judged in."""
    errors = [line for line in lines if line.verdict in ERRORS]
    return tuple(
        replace(line, verdict="first error" if line is errors[0] else "another error") if line in errors else line
        for line in lines
    )


def _assembled(row: Row, read_script: Script, findings: Findings) -> LineVerdict:
    if row.remark or row.number in read_script.remarks:
        return LineVerdict(0, row.text, "", "remark")
    if (fault := read_script.faults.get(row.number)) is not None:
        message = f"This line cannot be read (character {fault.position + 1}): {fault.message}"
        return LineVerdict(row.number, row.text, "", "unreadable", message, position=fault.position)
    written = echo(read_script.echoes.get(row.number, ()))
    found = findings.verdicts.get(row.number)
    if not found:  # a name and nothing else, or what a variable is
        return LineVerdict(row.number, row.text, written, "side equation" if written else "remark")
    worst = min(found, key=lambda line: RANK.index(line.verdict))
    message = worst.message or next((line.message for line in found if line.message), "")
    return replace(
        worst,
        text=row.text,
        latex=written,
        message=message,
        passes=tuple(dict.fromkeys(findings.passes.get(row.number, []))),
    )

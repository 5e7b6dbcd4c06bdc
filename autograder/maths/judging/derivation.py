"""A derivation, line by line: what follows, where the first error is, what is only carried on, and what the proof
passes on its way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from autograder.maths.judging import forms
from autograder.maths.judging.chains import Statement, naming, statements
from autograder.maths.judging.steps import Findings, LineVerdict, Word, judge_side, walk_chain
from autograder.maths.judging.tasks import Task, task
from autograder.maths.judging.verdicts import echo
from autograder.maths.language import Domains
from autograder.maths.reading.equations import Script, Side, script
from autograder.maths.reading.rows import Row, rows
from autograder.maths.tree import Divergence, Node, walk
from autograder.maths.worlds import scalars

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
    """

    lines: tuple[LineVerdict, ...]
    result: Node | None = None
    complaint: str = ""


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
    """The verdict on every row of ``text``."""
    task.judge.start()
    found = rows(text)
    read_script = script(found, task.judge.language, task.given)
    chains = statements(read_script.equations, task.judge, task.target)
    findings = Findings()
    for statement in sorted(chains, key=lambda statement: statement.sides[0].row):
        if statement.main:
            walk_chain(statement, task.judge, task.target, findings)
        else:
            judge_side(statement, task.judge, task.target, findings)
    _achievements(chains, task, findings)
    lines = tuple(_assembled(row, read_script, findings) for row in found)
    return Examined(_first_is_first(lines), findings.result, findings.complaint)


# ------------------------------------------------------------------ start, waypoints, end


def _achievements(chains: list[Statement], task: Task, findings: Findings) -> None:
    main = [statement for statement in chains if statement.main]
    ends = [side for statement in main for side in statement.ends()]
    started = [side for side in ends if _is_start(side.tree, task)][:1]
    for side in started:
        findings.passes.setdefault(side.row, []).append("start")
    for side in ends:
        if side not in started and _is_end(side, task):
            findings.passes.setdefault(side.row, []).append("end")
            findings.result = side.tree
            break
    else:
        findings.complaint = _why_no_end(ends, task)
    sound = [
        (side, _counts(side, statement)) for statement in chains for side in statement.sides if _sound(side, findings)
    ]
    previous_is_right = False  # whether a right line passes the waypoint before
    for name, test in task.waypoints.items():
        passing = [
            side
            for side, counts in sound
            if counts and test(side.tree, [other.tree for other, _ in sound if other is not side], side in ends)
        ]
        right = [side for side in passing if "carried error" not in findings.words(side.row)]
        for side in passing:
            if side in right or previous_is_right or all(findings.slips_before(side.row)):
                findings.passes.setdefault(side.row, []).append(name)
        previous_is_right = bool(right)


def _counts(side: Side, statement: Statement) -> bool:
    """Whether a side may pass a waypoint: it stands in the derivation, or beside it where a log density is worked out."""
    if statement.main:
        return not naming(side)
    return any(forms.has_log_density(other.tree) for other in statement.sides if other is not side)


def _sound(side: Side, findings: Findings) -> bool:
    """Whether a side may count as a step: it follows, or carries an error on. What an error that no slip explains leads to counts
    only where the waypoint before was passed by a right line."""
    allowed = ("follows", "carried error", "right but does not follow", "side equation")
    return all(word in allowed for word in findings.words(side.row))


def _is_start(tree: Node, task: Task) -> bool:
    """Whether a line is an allowed start up to the rules of logarithms and linearity: equal even for unrelated
    densities."""
    if any(isinstance(part, Divergence) for part in walk(tree)):
        return False
    for start in task.starts:
        if not any(isinstance(part, Divergence) for part in walk(start)) and tree == start:
            return True
        values = [
            (task.judge.fresh(world, tree, frozenset()), task.judge.fresh(world, start, frozenset()))
            for world in task.formal
        ]
        if values and all(_same(mine, theirs) for mine, theirs in values):
            return True
    return False


def _same(left: object, right: object) -> bool:
    return not isinstance(left, Exception) and not isinstance(right, Exception) and scalars.differ(left, right) is False


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
    errors = [line for line in lines if line.verdict in ("first error", "another error")]
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
    word, worst = min(found, key=lambda pair: RANK.index(pair[0]))
    message = worst.message or next((line.message for _, line in found if line.message), "")
    return replace(
        worst,
        text=row.text,
        latex=written,
        verdict=word,
        message=message,
        passes=tuple(dict.fromkeys(findings.passes.get(row.number, []))),
    )

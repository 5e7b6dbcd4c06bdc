"""A report for a terminal or a log: one line per check, and below a check that failed why, and what to do.

On a terminal lines are wrapped and coloured (rich); in a log and in ``render`` the same lines stand plain. Control
characters in student content are made visible and markup is never interpreted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from autograder.formats._audience import Audience, seen_by
from autograder.formats._export import Export
from autograder.formats._letters import encodable
from autograder.formats._plain import plain, spelt
from autograder.formats._safe import printable
from autograder.formats._said import decided_later, in_all, of_exercise, worth
from autograder.formats._summary import fix_first, told_once
from autograder.formats._words import REPORT_WORD, SYMBOL, WORD, begun, points, state, title, unit
from autograder.model import Criterion, Detail, Finding, Line, Picture, Report, Result, Sheet, Status

suffix = ".txt"

STYLE = {
    Status.PASSED: "green",
    Status.FAILED: "bold red",
    Status.SKIPPED: "dim",
    Status.PENDING: "yellow",
    Status.BROKEN: "bold magenta",
}


@dataclass(frozen=True)
class _Row:
    """One line of output; several lines of ``text`` share the indent."""

    text: str
    indent: int = 0
    style: str = ""


def show(
    report: Report, console: Console, sheet: Sheet | None = None, *, audience: Audience = "student", brief: bool = False
) -> None:
    """Prints the report. ``brief`` leaves out the checks of exercises in which nothing is wrong."""
    _print(_report(told_once(seen_by(report, audience)), sheet, brief=brief), console)


def show_class(reports: Sequence[Report], console: Console, sheet: Sheet | None = None) -> None:
    """Prints one line per student, those without a score first, and the class in numbers."""
    _print(_class(reports, sheet), console)


def render(report: Report, sheet: Sheet | None = None, *, audience: Audience = "student") -> bytes:
    """The report as plain lines, UTF-8."""
    return _plain(_report(told_once(seen_by(report, audience)), sheet))


def render_class(reports: Sequence[Report], sheet: Sheet | None = None) -> Export:
    """The class as plain lines, UTF-8."""
    return Export(_plain(_class(reports, sheet)))


# ------------------------------------------------------------------ rows


def _report(report: Report, sheet: Sheet | None, *, brief: bool = False) -> Iterator[_Row]:
    yield _Row(f"{title(sheet, report)}: {report.student}", style="bold")
    yield _Row(in_all(report), style="bold")
    if report.problem:
        yield _Row(report.problem, style=STYLE[Status.FAILED])
    for note in report.notes:
        yield _Row(f"Note: {note}")
    if report.problem:
        return  # the same would stand below every exercise
    for fix in fix_first(report, 1):
        yield _Row(f"Fix first: {fix.result.id} ({points(fix.lost)} {unit(fix.lost)} missing).")
    for result in report.results:
        yield from _result(result, brief)


def _result(result: Result, brief: bool) -> Iterator[_Row]:
    worst, far = state(result), begun(result)
    yield _Row("")
    sign = far[0] if far else SYMBOL[worst]
    name = " ".join(filter(None, (sign, result.item, result.id)))
    yield _Row(f"{name}: {of_exercise(result)}", style=STYLE[worst])
    if brief and worst is Status.PASSED:
        return
    for finding in result.findings:
        if not far:
            yield from _finding(finding)
        elif begun(finding) and finding.message:
            yield _Row(plain(finding.message), 14)
    if said := decided_later(result):
        yield _Row(said, 2, "dim")


def _finding(finding: Finding) -> Iterator[_Row]:
    word = f"{WORD[finding.status]:<10}"
    yield _Row(f"{word}  {plain(finding.check)}{worth(finding)}", 2, STYLE[finding.status])
    if finding.message:
        yield _Row(plain(finding.message), 14)
    if finding.counterexample:
        yield _Row("Smallest example:", 14)
        yield _Row(finding.counterexample, 16, "cyan")
    for detail in finding.detail:
        yield from _detail(detail)
    if finding.hint and finding.status is not Status.PASSED:
        yield _Row(f"Hint: {plain(finding.hint)}", 14)


def _detail(detail: Detail) -> Iterator[_Row]:
    match detail:
        case Line():
            yield from _line(detail)
        case Criterion(name, worth, full):
            yield _Row(plain(f"{name} ({points(worth)} {unit(worth)})" + (f": {full}" if full else "")), 14)
        case Picture(_, _, caption):
            yield _Row(f"[picture: {caption}]", 14)
        case str():
            yield _Row(plain(detail), 14)


def _line(line: Line) -> Iterator[_Row]:
    """A line as it was read, spelt out, or as it was written where it was not."""
    style = {"follows": "green", "unreadable": "yellow"}.get(line.verdict, "")
    place = f"line {line.number}: " if line.number else ""
    yield _Row(f"{place}{line.verdict}: {spelt(line.latex) if line.latex else line.text}", 14, style)
    if line.message:
        yield _Row(plain(line.message), 16)


def formulas_as_read(report: Report) -> list[str]:
    """The lines of all formulas of a report, each exercise under its name."""
    said = []
    for result in report.results:
        rows = [row for f in result.findings for d in f.detail if isinstance(d, Line) for row in _line(d)]
        said += [f"{printable(result.id)}, as it was read:"] if rows else []
        said += [f"  {printable(row.text)}" for row in rows]
    return said


def _class(reports: Sequence[Report], sheet: Sheet | None) -> Iterator[_Row]:
    ordered = sorted(reports, key=lambda report: (report.score is not None and not report.problem, report.student))
    students = [printable(report.student, newlines=False)[:40] for report in ordered]
    width = max(map(len, students), default=0)
    yield _Row(f"{title(sheet, ordered[0] if ordered else None)}: {len(ordered)} submissions", style="bold")
    for report, student in zip(ordered, students, strict=True):
        score = f"{points(report.score):>6} of {points(report.possible)}"
        said = "" if report.status == "graded" else f"  {REPORT_WORD[report.status]}"
        yield _Row(f"{student:<{width}}  {score}{said}", 2, _class_style(report))
    from autograder.formats._class import scores_of  # not for a student's own check, which is to be quick

    scores = list(scores_of(ordered))
    if scores:
        middle = f"mean {points(sum(scores) / len(scores))}, median {points(_median(scores))}"
        yield _Row(f"{len(scores)} with a score: {middle}, from {points(min(scores))} to {points(max(scores))}.")


def _class_style(report: Report) -> str:
    return {"broken": STYLE[Status.BROKEN], "unreadable": STYLE[Status.FAILED]}.get(report.status, "")


def _median(scores: list[float]) -> float:
    ordered, half = sorted(scores), len(scores) // 2
    return ordered[half] if len(scores) % 2 else (ordered[half - 1] + ordered[half]) / 2


# ------------------------------------------------------------------ output


def _plain(rows: Iterator[_Row]) -> bytes:
    return "".join(f"{line}\n" for row in rows for line in _lines(row)).encode("utf-8", "replace")


def _lines(row: _Row) -> list[str]:
    return [(" " * row.indent + line).rstrip() for line in printable(row.text).split("\n")]


def _print(rows: Iterator[_Row], console: Console) -> None:
    for row in rows:
        if console.is_terminal:
            text = Text(encodable(printable(row.text), console.encoding), style=row.style)
            console.print(Padding(text, (0, 0, 0, row.indent)), highlight=False, soft_wrap=False)
        else:
            for line in _lines(row):
                console.print(Text(encodable(line, console.encoding)), soft_wrap=True, highlight=False)

"""Gradescope's results.json for one submission, one test per check, named by exercise; and its roster with the scores of a class.

Public checks are visible at once, hidden ones after the grades are published (a test that stays hidden for ever would
also hide the total). A check that a person must read has no score yet. When anything failed on our side the file has
no scores at all: Gradescope then reports a failed autograder to the instructor, and nobody gets a silent 0.

A roster keeps its rows and columns, and gets those in which Gradescope gives its own grades out: Total Score, Max Points, Status.
"""

import csv
import io
import re
from collections.abc import Sequence
from typing import Any

from autograder.formats._audience import Audience, seen_by
from autograder.formats._cells import written
from autograder.formats._each import each
from autograder.formats._export import Export
from autograder.formats._indented import Ready, indented
from autograder.formats._match import Person, matched, unmatched
from autograder.formats._once import once
from autograder.formats._plain import plain
from autograder.formats._remarks import is_open, sentences, unread, unscored
from autograder.formats._safe import printable
from autograder.formats._summary import pending_points, told_once
from autograder.formats._words import REPORT_WORD, WORD, points, unit
from autograder.model import Criterion, Finding, Line, Picture, Report, Sheet, Status, UsageError, roster

suffix = ".json"
whole = True  # without a roster

_GRADES = ("Total Score", "Max Points", "Status")
_STAFF = re.compile(r"instructor|ta|reader|teaching assistant", re.IGNORECASE)
_VISIBILITY = {"public": "visible", "hidden": "after_published"}


def render(report: Report, sheet: Sheet | None = None, *, audience: Audience = "student") -> bytes:
    """The file for /autograder/results/results.json. It is what students see; ``audience`` changes nothing here."""
    seen = told_once(seen_by(report, "student"))
    scored = report.score is not None
    results: dict[str, Any] = {
        "output": _output(seen),
        "output_format": "text",
        "test_output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [test for r in seen.results for test in _tests(r.findings, r.id, r.item, scored)],
        "extra_data": {"status": report.status, "sha256": seen.sha256, "versions": dict(sorted(seen.versions.items()))},
    }
    if scored:
        results = {"score": report.score, **results}
    return indented(results).encode("utf-8", "backslashreplace") + b"\n"


def render_class(
    reports: Sequence[Report],
    sheet: Sheet | None = None,
    *,
    template: bytes | None = None,
    audience: Audience = "student",
) -> Export:
    """The file of each submission; or, with a roster as ``template``, its rows with the scores.

    Raises:
        UsageError: the template is no roster.
    """
    if template is None:
        return each(render, suffix, reports, None, audience, alone=True)
    rows = roster.rows_of(template, "Gradescope's roster")
    people = _people(rows)
    pairs = matched(reports, people, "gradescope")
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([*rows[0], *_GRADES])
    for number, row in enumerate(rows[1:], 1):
        writer.writerow([*row, *[""] * (len(rows[0]) - len(row)), *_grade(pairs.get(number))])
    return Export(file.getvalue().encode("utf-8-sig"), tuple(_notes(reports, rows, people, pairs)), suffix=".csv")


def _people(rows: Sequence[Sequence[str]]) -> list[Person]:
    columns = [column for column in roster.columns(rows) if column.kind]
    if not any(column.kind in ("id", "email", "name", "last") for column in columns):
        raise UsageError(
            "Gradescope's roster: expected columns that say who the students are (First Name, Last Name or Full Name; SID; "
            f"Email); found {', '.join(map(repr, rows[0]))}."
        )
    found = []
    for number, row in enumerate(rows[1:], 1):
        who = roster.identity(row, columns)
        ids = roster.known(*map(roster.folded, who.ids))
        emails = frozenset(key for address in who.emails for key in roster.email_keys(address))
        shown = " ".join(
            dict.fromkeys(filter(None, (who.shown, *(f"({id})" for id in who.ids[:1] if id != who.shown))))
        )
        found.append(Person(number, printable(shown, newlines=False), (ids | emails, ids, emails, who.names, ids)))
    return found


def _grade(report: Report | None) -> list[str]:
    if report is None:
        return ["", "", "Missing"]
    possible = written(report.possible, ".")
    return ["", possible, "Ungraded"] if is_open(report) else [written(report.score or 0, "."), possible, "Graded"]


def _notes(
    reports: Sequence[Report], rows: Sequence[Sequence[str]], people: Sequence[Person], pairs: dict[int, Report]
) -> list[str]:
    """Who is not on the roster, who has no submission, and who has no score yet; staff hand in nothing."""
    students = [person for person in people if not any(map(_STAFF.fullmatch, rows[person.row]))]
    placed = [report for _, report in sorted(pairs.items())]
    remarks = [remark for report in placed for remark in ([unscored(report)] if is_open(report) else unread(report))]
    return [*unmatched(reports, students, pairs), *sentences(remarks)]


def _output(report: Report) -> str:
    said = [report.problem, *report.notes]
    if report.status != "graded":
        said.insert(0, f"{REPORT_WORD[report.status].capitalize()}.")
    if waiting := pending_points(report):
        said.append(f"{points(waiting)} {unit(waiting)} are still to be given by a person.")
    return "\n".join(printable(text) for text in said if text)


@once
def _tests(findings: tuple[Finding, ...], exercise: str, item: str, scored: bool) -> tuple[Ready, ...]:
    return tuple(_test(finding, exercise, f"{item}.{i}", scored) for i, finding in enumerate(findings, 1))


@once
def _test(finding: Finding, exercise: str, number: str, scored: bool) -> Ready:
    test: dict[str, Any] = {
        "name": printable(f"{exercise}: {finding.check}", newlines=False),
        "number": printable(number, newlines=False),
        "output": _said(finding),
        "visibility": _VISIBILITY[finding.visibility],
    }
    if finding.status in (Status.PASSED, Status.FAILED):
        test["status"] = finding.status.value
    if scored and finding.status is not Status.PENDING:
        test["score"], test["max_score"] = finding.points, finding.possible
    return Ready(indented(test, 2))


def _said(finding: Finding) -> str:
    parts = [
        plain(finding.message) or ("" if finding.status is Status.PASSED else WORD[finding.status].capitalize() + ".")
    ]
    if finding.counterexample:
        parts.append(f"Smallest example:\n{finding.counterexample}")
    for detail in finding.detail:
        match detail:
            case Line(line, text, _, verdict, message):
                parts.append(f"line {line}: {verdict}: {text}" + (f"\n{plain(message)}" if message else ""))
            case Criterion(name, worth, full):
                parts.append(plain(f"{name} ({points(worth)} {unit(worth)})" + (f": {full}" if full else "")))
            case str():
                parts.append(plain(detail))
            case Picture():
                pass  # a text output holds none
    if finding.hint and finding.status is not Status.PASSED:
        parts.append(f"Hint: {plain(finding.hint)}")
    return printable("\n".join(part for part in parts if part))

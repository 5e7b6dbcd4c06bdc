"""Gradescope's results.json for one submission: one test per check, named by exercise.

Public checks are visible at once, hidden ones after the grades are published (a test that stays hidden for ever would
also hide the total). A check that a person must read has no score yet. When anything failed on our side the file has
no scores at all: Gradescope then reports a failed autograder to the instructor, and nobody gets a silent 0.
"""

from typing import Any

from autograder.formats._audience import Audience, seen_by
from autograder.formats._indented import Ready, indented
from autograder.formats._once import once
from autograder.formats._plain import plain
from autograder.formats._safe import printable
from autograder.formats._summary import pending_points, told_once
from autograder.formats._words import REPORT_WORD, WORD, points, unit
from autograder.model import Criterion, Finding, Line, Picture, Report, Sheet, Status

suffix = ".json"
sheetless = True

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

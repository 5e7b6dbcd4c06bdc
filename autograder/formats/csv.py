"""grades.csv: one row per student, one column per exercise.

For spreadsheets as they are: UTF-8 with its mark and CRLF, so that Excel reads names right; a text that a spreadsheet
would take for a formula starts with an apostrophe. A score that does not exist is an empty cell, never a 0.
"""

import csv
import io
from collections.abc import Sequence

from autograder.formats._export import Export
from autograder.formats._safe import cell
from autograder.model import Report, Sheet

suffix = ".csv"


def render_class(reports: Sequence[Report], sheet: Sheet | None = None) -> Export:
    """Columns: student, status, score, possible, then the exercises by id in the sheet's order; rows by student."""
    exercises = _exercises(reports, sheet)
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(["student", "status", "score", "possible", *map(cell, exercises)])
    for report in sorted(reports, key=lambda report: report.student):
        writer.writerow(_row(report, exercises))
    return Export(written.getvalue().encode("utf-8-sig"))


def _exercises(reports: Sequence[Report], sheet: Sheet | None) -> list[str]:
    known = [exercise.id for exercise in sheet.exercises] if sheet else []
    return list(dict.fromkeys([*known, *(result.id for report in reports for result in report.results)]))


def _row(report: Report, exercises: list[str]) -> list[str]:
    scores = {result.id: _score(result.score) for result in report.results}
    head = [cell(report.student), report.status, _score(report.score), _score(report.possible)]
    return head + [scores.get(exercise, "") for exercise in exercises]


def _score(value: float | None) -> str:
    """Up to six decimals, as many as needed, a point between: what every program reads as a number."""
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")

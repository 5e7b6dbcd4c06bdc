"""Marks as a table, for people who mark without a browser: read row by row, and written with what is left to mark."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from autograder.formats import cell, uncell
from autograder.grading.marks import WHOLE, Key, Mark, Marks
from autograder.model import CourseError, Criterion, Exercise, Report, Sheet, Status, listed

COLUMNS = ("student", "exercise", "criterion", "points", "comment")
FOR_READERS = ("possible", "answer")
LONGEST = 20_000  # characters of an answer in the table; a spreadsheet's cell takes 32,767


def read_marks(path: Path, sheet: Sheet, students: Iterable[str]) -> Marks:
    """A table with the columns student, exercise, criterion, points, comment; delimiter comma or semicolon.

    ``criterion`` is one of a written exercise, or else the name of a check. A row without points and comment is still to be
    marked and says nothing. Other columns are for whoever reads the table.

    Raises:
        CourseError: one sentence per row that does not fit the sheet or the class; then no row counts.
    """
    reader = _reader(path)
    known = frozenset(students)
    rows: dict[Key, Mark] = {}
    problems = []
    for number, row in reader:
        key = (row["student"], row["exercise"], row["criterion"])
        if not row["points"].strip() and not row["comment"].strip():
            continue
        problem = _problem(row, sheet, known)
        if not problem and key in rows:
            problem = "this student, exercise and criterion were marked in an earlier row"
        if problem:
            problems.append(f"row {number}: {problem}")
        else:
            rows[key] = Mark(_number(row["points"]), row["comment"])
    if problems:
        raise CourseError(f"{path} has {len(problems)} rows that do not fit:\n" + "\n".join(problems))
    return Marks(rows)


def _reader(path: Path) -> Iterable[tuple[int, Mapping[str, str]]]:
    """Number and content of each row."""
    try:
        content = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"The marks file {path} cannot be read: {error}.") from None
    head = content.splitlines()[0] if content else ""
    reader = csv.DictReader(
        io.StringIO(content, newline=""), delimiter=";" if head.count(";") > head.count(",") else ","
    )
    if missing := set(COLUMNS[:4]) - set(reader.fieldnames or ()):
        raise CourseError(
            f"{path}: the first row must name the columns {', '.join(COLUMNS)}; missing: {listed(sorted(missing))}."
        )
    try:
        return [
            (number, {name: uncell(row.get(name) or "") for name in COLUMNS}) for number, row in enumerate(reader, 2)
        ]
    except csv.Error as error:
        raise CourseError(f"The marks file {path} cannot be read: {error}.") from None


def _problem(row: Mapping[str, str], sheet: Sheet, students: frozenset[str]) -> str:
    if row["student"] not in students:
        return f"no submission by {row['student']!r}"
    exercise = next((e for e in sheet.exercises if e.id == row["exercise"]), None)
    if exercise is None:
        return f"there is no exercise {row['exercise']!r}; those are {listed(e.id for e in sheet.exercises)}"
    possible = parts(exercise)
    if row["criterion"] not in possible:
        kind = "criterion" if exercise.rubric else "check"
        return f"{exercise.id} has no {kind} {row['criterion']!r}; it has {listed(name for name in possible if name)}"
    points = _number(row["points"])
    if not 0 <= points <= possible[row["criterion"]]:
        return f"points must be a number from 0 to {possible[row['criterion']]:g}, not {row['points']!r}"
    if not exercise.rubric and not row["comment"].strip():
        return "points for a check need a comment: the reason that the student reads"
    return ""


def parts(exercise: Exercise) -> dict[str, float]:
    """What of an exercise can be marked, and up to how many points: its criteria, or its checks; and the exercise as a whole."""
    if exercise.rubric:
        found = {criterion.name: criterion.points for criterion in exercise.rubric}
    else:
        unit = exercise.points / (sum(check.points for check in exercise.checks) or 1)
        found = {check.name: round(unit * check.points, 6) for check in exercise.checks}
    return {**found, WHOLE: exercise.points}


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return float("nan")


# ------------------------------------------------------------------ writing


def write_marks(reports: Sequence[Report], marks: Marks, sheet: Sheet) -> bytes:
    """All that was marked and all that waits, as a table that ``read_marks`` takes back; rows that wait have no points."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([*COLUMNS, *FOR_READERS])
    for exercise in sheet.exercises:
        for report in sorted(reports, key=lambda report: report.student):
            writer.writerows(_rows(report, marks, exercise))
    return written.getvalue().encode("utf-8-sig", "replace")


def _rows(report: Report, marks: Marks, exercise: Exercise) -> Iterable[list[str]]:
    result = next((result for result in report.results if result.id == exercise.id), None)
    if result is None:
        return
    given = marks.given(report, result, exercise)
    waiting = {
        name
        for finding in result.findings
        if finding.status in (Status.PENDING, Status.BROKEN)
        for name in ([c.name for c in finding.detail if isinstance(c, Criterion)] or [finding.check])
    }
    for part, possible in parts(exercise).items():
        mark = given.get(part)
        if mark or part in waiting:
            head = [cell(report.student), exercise.id, cell(part), f"{mark.points:g}" if mark else ""]
            yield [*head, cell(mark.comment if mark else ""), f"{possible:g}", cell(result.answer[:LONGEST])]

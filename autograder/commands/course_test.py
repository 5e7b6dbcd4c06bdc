"""``autograder test``: does the course grade itself as it says? What a course's own tests, or its CI, call."""

import os
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from autograder.course import find_course, load_sheet, sheets, unlisted
from autograder.grading import Job, Row, check_sheet, unsaid
from autograder.model import Exercise, Options, Sheet


def verify(
    sheet: str | None,
    wanted: Sequence[str],
    *,
    jobs: int | None = None,
    mnist: Path | None = None,
    course: Path | None = None,
) -> int:
    """Prints what is not as the course says; the number of misses.

    Args:
        sheet: None for every sheet of the course.
        wanted: ids of exercises; all of the sheet's if there are none.

    Raises:
        UsageError: there is no such sheet, or nothing can be run here.
        CourseError: the course is wrong.
    """
    found = find_course(course, sheet=sheet or "").path
    console = Console(soft_wrap=True)
    return sum(
        _test(console, found, name, wanted, jobs or os.cpu_count() or 1, mnist)
        for name in ([sheet] if sheet else sheets(found))
    )


def _test(console: Console, course: Path, name: str, wanted: Sequence[str], jobs: int, mnist: Path | None) -> int:
    sheet = load_sheet(name, course)
    exercises = [sheet.exercise(id) for id in wanted] or list(sheet.exercises)
    rows = [] if wanted else list(unsaid(sheet, unlisted(name, course)))
    _show_misses(console, rows)
    job = Job(course, name, options=Options(mnist=str(mnist or "")), trust=True)  # its own answers, whoever reads them
    for row in check_sheet(job, exercises, jobs):
        rows.append(row)
        _show_misses(console, [row])
    _show_exercises(console, sheet, exercises, rows)
    return sum(bool(row.miss) for row in rows)


def _show_misses(console: Console, rows: Sequence[Row]) -> None:
    for row in rows:
        if row.miss:
            console.print(
                f"MISS {row.exercise} {row.label}: {row.miss}.".replace("..", "."), markup=False, highlight=False
            )


def _show_exercises(console: Console, sheet: Sheet, exercises: Sequence[Exercise], rows: Sequence[Row]) -> None:
    for exercise in exercises:
        own = [row for row in rows if row.exercise == exercise.id]
        misses = sum(bool(row.miss) for row in own)
        verdict = f"{misses} missed" if misses else "ok"
        wrong, checks = len(exercise.wrong), len(exercise.checks)
        line = f"{exercise.id:28} {exercise.points:>4g} points  {checks:>2} checks  {wrong:>3} wrong answers  {verdict}"
        console.print(line, markup=False, highlight=False)
    missed = sum(bool(row.miss) for row in rows)
    said = f"{missed} of {len(rows)} expectations are missed" if missed else f"all {len(rows)} expectations are met"
    console.print(f"{sheet.id}: {said}.", markup=False, highlight=False)

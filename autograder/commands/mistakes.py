"""The course grades itself: every labelled answer of a sheet, what it should earn and what it is recognised as."""

import os
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from autograder.commands.pairs import pairs
from autograder.course import find_course, load_sheet
from autograder.grading import Grader, Job, Row, check_sheet, labels, start_host


def table_of_pairs(sheet: str, wanted: Sequence[str], course: Path | None) -> int:
    """Prints what is read back from answers with two labelled slips; 0 if each has a name, else 1."""
    course = find_course(course, sheet=sheet).path
    loaded = load_sheet(sheet, course)
    exercises = [loaded.exercise(id) for id in wanted] or [e for e in loaded.exercises if e.kind == "code"]
    console = Console(soft_wrap=True)
    total = both = unnamed = 0
    with start_host(loaded.settings, data=loaded.data, secret=(course,)) as host, Grader(loaded, host) as grader:
        for pair in pairs(grader, exercises):
            total, both, unnamed = total + 1, both + pair.both, unnamed + (not pair.found)
            verdict = "both" if pair.both else pair.found or "UNNAMED"
            console.print(
                f"{pair.exercise:22} {pair.first:44} {pair.second:44} {verdict}", markup=False, highlight=False
            )
            console.print(f"{'':22} {pair.message}", markup=False, highlight=False)
    others = total - both - unnamed
    console.print(f"{total} answers with two slips: {both} read back as both, {others} as others, {unnamed} unnamed.")
    return 1 if unnamed else 0


def table(sheet: str, wanted: Sequence[str], course: Path | None, *, jobs: int | None = None) -> int:
    """Prints the table, an exercise at a time as soon as all of its answers are judged; 0 if nothing is missed, else 1.

    Args:
        wanted: ids of exercises; all of the sheet's if there are none.
        jobs: worker processes; by default one per core.
    """
    course = find_course(course, sheet=sheet).path
    loaded = load_sheet(sheet, course)
    exercises = [loaded.exercise(id) for id in wanted] or list(loaded.exercises)
    job = Job(course, sheet, trust=True)  # its own answers, whoever reads them
    console = Console(soft_wrap=True)
    rows: dict[str, list[Row]] = {exercise.id: [] for exercise in exercises}
    for found in check_sheet(job, exercises, jobs or os.cpu_count() or 1):
        order = labels(loaded.exercise(found.exercise))
        if found.label in order:
            rows[found.exercise].append(found)
            continue
        for row in sorted(rows[found.exercise], key=lambda row: order.index(row.label)):
            console.print(_line(row), markup=False, highlight=False)
    total, missed = sum(map(len, rows.values())), sum(bool(row.miss) for each in rows.values() for row in each)
    console.print(f"{total} labelled answers, {missed} missed.")
    return 1 if missed else 0


def _line(row: Row) -> str:
    verdict = f"MISS: {row.miss}" if row.miss else "ok"
    return f"{row.exercise:22} {row.label:40} {row.expected:44} {row.found:44} {verdict}"

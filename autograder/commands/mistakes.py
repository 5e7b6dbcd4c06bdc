"""The course grades itself: every labelled answer of a sheet, what it should earn and what it is recognised as."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from autograder.commands.pairs import pairs
from autograder.course import find_course, load_sheet
from autograder.grading import Grader, labels, row, start_host


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


def table(sheet: str, wanted: Sequence[str], course: Path | None) -> int:
    """Prints the table; 0 if nothing is missed, else 1."""
    course = find_course(course, sheet=sheet).path
    loaded = load_sheet(sheet, course)
    exercises = [loaded.exercise(id) for id in wanted] or loaded.exercises
    console = Console(soft_wrap=True)
    missed = total = 0
    with start_host(loaded.settings, data=loaded.data, secret=(course,)) as host, Grader(loaded, host) as grader:
        for found in (row(grader, exercise, label) for exercise in exercises for label in labels(exercise)):
            total += 1
            missed += bool(found.miss)
            verdict = f"MISS: {found.miss}" if found.miss else "ok"
            line = f"{found.exercise:22} {found.label:40} {found.expected:44} {found.found:44} {verdict}"
            console.print(line, markup=False, highlight=False)
    console.print(f"{total} labelled answers, {missed} missed.")
    return 1 if missed else 0
